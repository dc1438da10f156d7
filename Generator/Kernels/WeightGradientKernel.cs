using CompiledNets.Generator.Emit;
using CompiledNets.Generator.Ops;
using static CompiledNets.Generator.Emit.CodeWriter;

namespace CompiledNets.Generator.Kernels;

/// <summary>
/// The gradient of a kernel, row by row: sums over all samples in order. Vectors run over outputs of the turned gradient; the activation of a sample is broadcast.
/// </summary>
/// <remarks>
/// Rows are unpadded, so the last vector of a row reaches into the next one. Columns are worked from the last vectors to the first and rows upwards, so that what is overwritten by
/// a neighbour's tail is written again afterwards.
/// </remarks>
internal static class WeightGradientKernel
{
    /// <summary>Parameters of kernels that work on rows of weights.</summary>
    public const string Rows = "int stride, int blockCount, int firstRow, int lastRow, ref float target";

    public static Kernel Make(ContractionWeightGradient op)
    {
        int inputs = op.X.Shape.Last, outputs = op.Output.Shape.Last, positions = op.X.Shape.Positions;
        string bias = op.HasBias ? ", db[n] = Σ dy[n]" : "";
        return new("gradient", op.Layer,
            $"dw[k, n] = Σ x[k] dy[n]{bias} over all samples{(positions > 1 ? $" and {Int(positions)} positions" : "")}, for rows of {outputs} outputs from {inputs} inputs.",
            [new("x", op.X), new("dy", op.Upstream)], Rows,
            writer =>
            {
                if (outputs == 1) ByLanes(writer, inputs, positions, op.HasBias);
                else ByOutputs(writer, inputs, outputs, positions, op.HasBias);
            });
    }

    private static void ByOutputs(CodeWriter writer, int inputs, int outputs, int positions, bool hasBias)
    {
        Tile tile = Tile.Gradient(outputs, inputs);
        int rowLength = Turn.RowLength(Shape.Of(outputs));
        string width = tile.Vectors == 1 ? "T.Count" : $"({Int(tile.Vectors)} * T.Count)";
        string columns = outputs <= 4 * tile.Vectors ? "" : $"for (int n = {Int(outputs - 1)} / {width} * {width}; n >= 0; n -= {width})";
        writer.Line(hasBias ? $"int k = firstRow, kernelRows = lastRow < {Int(inputs)} ? lastRow : {Int(inputs)};" : "int k = firstRow;");
        string end = hasBias ? "kernelRows" : "lastRow";
        if (tile.Rows > 1)
        {
            writer.Open($"for (; k <= {end} - {Int(tile.Rows)}; k += {Int(tile.Rows)})");
            Columns(writer, columns, () => SumTile(writer, tile, inputs, outputs, positions, rowLength, false));
            writer.Close();
        }

        writer.Open($"for (; k < {end}; k++)");
        Columns(writer, columns, () => SumTile(writer, new(1, tile.Vectors), inputs, outputs, positions, rowLength, false));
        writer.Close();
        if (!hasBias) return;
        writer.Open($"if (lastRow > {Int(inputs)})");
        Columns(writer, columns, () => SumTile(writer, new(1, tile.Vectors), inputs, outputs, positions, rowLength, true));
        writer.Close();
    }

    private static void Columns(CodeWriter writer, string loop, Action body)
    {
        if (loop.Length > 0) writer.Open(loop);
        else writer.Line("const int n = 0;");
        body();
        if (loop.Length > 0) writer.Close();
    }

    private static void SumTile(CodeWriter writer, Tile tile, int inputs, int outputs, int positions, int rowLength, bool bias)
    {
        for (int r = 0; r < tile.Rows; r++)
            writer.Line($"T {string.Join(", ", Enumerable.Range(0, tile.Vectors).Select(v => $"{Sum(r, v)} = T.Zero"))};");
        writer.Open("for (int b = 0; b < blockCount; b++)");
        if (positions > 1) writer.Open($"for (int p = 0; p < {Int(positions)}; p++)");
        if (!bias) writer.Line($"int sample = (b * stride) + ({(positions > 1 ? $"((p * {Int(inputs)}) + k)" : "k")} * T.Count);");
        writer.Line($"int row = (b * stride) + {(positions > 1 ? $"(p * {Int(rowLength)} * T.Count) + " : "")}n;");
        writer.Open("for (int lane = 0; lane < T.Count; lane++)");
        writer.Line($"T {string.Join(", ", Enumerable.Range(0, tile.Vectors).Select(v => $"g{v} = T.Load(ref dy, row{Vector(v)})"))};");
        for (int r = 0; r < tile.Rows; r++)
        {
            if (!bias) writer.Line($"{(r == 0 ? "T " : "")}x0 = T.Broadcast(ref x, sample{(r == 0 ? "" : r == 1 ? " + T.Count" : $" + ({Int(r)} * T.Count)")});");
            writer.Line(string.Join(" ", Enumerable.Range(0, tile.Vectors).Select(v => bias ? $"{Sum(r, v)} += g{v};" : $"{Sum(r, v)} = T.Fma(x0, g{v}, {Sum(r, v)});")));
        }

        if (!bias) writer.Line("sample++;");
        writer.Line($"row += {Int(rowLength)};");
        writer.Close();
        if (positions > 1) writer.Close();
        writer.Close();
        writer.Line($"int to = (({(bias ? Int(inputs) : "k")} - firstRow) * {Int(outputs)}) + n;");
        for (int r = 0; r < tile.Rows; r++)
            for (int v = 0; v < tile.Vectors; v++)
                writer.Line($"{Sum(r, v)}.Store(ref target, to{(r == 0 ? "" : $" + {Int(r * outputs)}")}{Vector(v)});");
    }

    // One output fills no vector: lanes stay samples, and each row ends in a sum across lanes.
    private static void ByLanes(CodeWriter writer, int inputs, int positions, bool hasBias)
    {
        writer.Open("for (int k = firstRow; k < lastRow; k++)");
        writer.Line("T sum = T.Zero;");
        writer.Open("for (int b = 0; b < blockCount; b++)");
        if (positions > 1) writer.Open($"for (int p = 0; p < {Int(positions)}; p++)");
        string g = positions > 1 ? "T.Load(ref dy, (b * stride) + (p * T.Count))" : "T.Load(ref dy, b * stride)";
        string x = positions > 1 ? $"T.Load(ref x, (b * stride) + (((p * {Int(inputs)}) + k) * T.Count))" : "T.Load(ref x, (b * stride) + (k * T.Count))";
        writer.Line(hasBias ? $"sum = k < {Int(inputs)} ? T.Fma({x}, {g}, sum) : sum + {g};" : $"sum = T.Fma({x}, {g}, sum);");
        if (positions > 1) writer.Close();
        writer.Close();
        writer.Line("Unsafe.Add(ref target, k - firstRow) = T.Sum(sum);");
        writer.Close();
    }

    private static string Sum(int row, int vector) => $"s{Int(row)}{(char)('a' + vector)}";

    private static string Vector(int vector) => vector == 0 ? "" : vector == 1 ? " + T.Count" : $" + ({Int(vector)} * T.Count)";
}
