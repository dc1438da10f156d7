using CompiledNets.Generator.Emit;
using CompiledNets.Generator.Ops;
using static CompiledNets.Generator.Emit.CodeWriter;

namespace CompiledNets.Generator.Kernels;

/// <summary>
/// Matrix products over blocks: lanes are samples, weights are single numbers that are broadcast. A tile keeps rows x 2 blocks of sums in registers while it runs over the inputs.
/// </summary>
internal static class ContractionKernel
{
    /// <summary>Blocks that a tile works side by side.</summary>
    private const int BlocksPerTile = 2;

    /// <summary>y[n] = bias[n] + Σ w[k, n] x[k].</summary>
    public static Kernel Forward(Contraction op)
    {
        int inputs = op.X.Shape.Last, outputs = op.Output.Shape.Last, positions = op.X.Shape.Positions;
        string bias = op.Bias is null ? "" : "b[n] + ";
        string sum = $"{bias}Σ w[k, n] x[k]";
        return new("forward", op.Layer,
            $"y[n] = {Applied(op.Epilogue, sum)} for {outputs} outputs from {inputs} inputs{At(positions)}.",
            [new("x", op.X), new("w", op.Weights), new("y", op.Output)], Kernel.Blocks,
            writer => Tiles(writer, outputs, positions, tile => new Nest(
                Depth: inputs, DepthName: "k", RowName: "n", Source: "x", SourceSize: inputs, Target: "y", TargetSize: outputs,
                Start: row => op.Bias is null ? "T.Zero" : $"T.Broadcast(ref w, {Plus(Int(inputs * outputs), "n", row)})",
                FirstWeight: "n", Weight: row => row, WeightStep: outputs,
                Store: (value, _) => op.Epilogue is null ? value : new Expression(writer, _ => value).Write(op.Epilogue))));
    }

    /// <summary>dx[k] = Σ w[k, n] dy[n], times the derivative of the activation below where that is fused.</summary>
    public static Kernel InputGradient(ContractionInputGradient op)
    {
        int inputs = op.Output.Shape.Last, outputs = op.Upstream.Shape.Last, positions = op.Output.Shape.Positions;
        Operand[] operands = [new("dy", op.Upstream), new("w", op.Weights), new("dx", op.Output)];
        if (op.Beside is not null) operands = [.. operands, new("y", op.Beside)];
        string sum = "Σ w[k, n] dy[n]";
        return new("backward", op.Layer,
            $"dx[k] = {(op.Epilogue is null ? sum : op.Epilogue.Format([sum, "y[k]"]))} for {inputs} inputs from {outputs} outputs{At(positions)}.",
            operands, Kernel.Blocks,
            writer => Tiles(writer, inputs, positions, tile => new Nest(
                Depth: outputs, DepthName: "n", RowName: "k", Source: "dy", SourceSize: outputs, Target: "dx", TargetSize: inputs,
                Start: _ => "T.Zero",
                FirstWeight: $"k * {Int(outputs)}", Weight: row => row * outputs, WeightStep: 1,
                Store: (value, at) => op.Epilogue is null ? value : new Expression(writer, i => i == 0 ? value : $"T.Load(ref y, {at})").Write(op.Epilogue))));
    }

    /// <summary>What differs between the two directions.</summary>
    private sealed record Nest(
        int Depth, string DepthName, string RowName, string Source, int SourceSize, string Target, int TargetSize,
        Func<int, string> Start, string FirstWeight, Func<int, int> Weight, int WeightStep, Func<string, string, string> Store);

    private static void Tiles(CodeWriter writer, int rows, int positions, Func<Tile, Nest> nest)
    {
        Tile tile = Tile.Cover(rows, BlocksPerTile);
        int covered = rows / tile.Rows * tile.Rows;
        WriteTile(writer, tile, 0, covered, positions, nest(tile));
        if (covered < rows) WriteTile(writer, new(rows - covered, tile.Vectors), covered, rows, positions, nest(tile));
    }

    private static void WriteTile(CodeWriter writer, Tile tile, int from, int to, int positions, Nest nest)
    {
        string row = nest.RowName;
        bool single = tile.Rows == nest.TargetSize;
        if (single) writer.Line($"const int {row} = 0;");
        else writer.Open($"for (int {row} = {Int(from)}; {row} < {Int(to)}; {row} += {Int(tile.Rows)})");
        writer.Open($"for (int b = first; b < last; b += {Int(tile.Vectors)})");
        if (positions > 1) writer.Open($"for (int p = 0; p < {Int(positions)}; p++)");
        string at = positions > 1 ? $"(b * stride) + (p * {Int(nest.SourceSize)} * T.Count)" : "b * stride";
        writer.Line($"int from = {at}, weight = {nest.FirstWeight};");
        for (int r = 0; r < tile.Rows; r++)
            writer.Line($"T {Sums(tile, r, v => v == 0 ? nest.Start(r) : Sum(r, 0))};");
        writer.Open($"for (int {nest.DepthName} = 0; {nest.DepthName} < {Int(nest.Depth)}; {nest.DepthName}++)");
        writer.Line($"T {string.Join(", ", Enumerable.Range(0, tile.Vectors).Select(v => $"{nest.Source}{v} = T.Load(ref {nest.Source}, from{Times(v, "stride")})"))};");
        for (int r = 0; r < tile.Rows; r++)
        {
            writer.Line($"{(r == 0 ? "T " : "")}w0 = T.Broadcast(ref w, weight{(nest.Weight(r) == 0 ? "" : " + " + Int(nest.Weight(r)))});");
            writer.Line(string.Join(" ", Enumerable.Range(0, tile.Vectors).Select(v => $"{Sum(r, v)} = T.Fma(w0, {nest.Source}{v}, {Sum(r, v)});")));
        }

        writer.Line($"from += T.Count;");
        writer.Line(nest.WeightStep == 1 ? "weight++;" : $"weight += {Int(nest.WeightStep)};");
        writer.Close();
        string target = positions > 1 ? $"(b * stride) + (((p * {Int(nest.TargetSize)}) + {row}) * T.Count)" : $"(b * stride) + ({row} * T.Count)";
        writer.Line($"int to = {target};");
        for (int r = 0; r < tile.Rows; r++)
        {
            for (int v = 0; v < tile.Vectors; v++)
            {
                string place = "to" + (r == 0 ? "" : r == 1 ? " + T.Count" : $" + ({Int(r)} * T.Count)") + Times(v, "stride");
                string value = nest.Store(Sum(r, v), place);
                writer.Line($"{Expression.Receiver(value)}.Store(ref {nest.Target}, {place});");
            }
        }

        if (positions > 1) writer.Close();
        writer.Close();
        if (!single) writer.Close();
    }

    private static string Sum(int row, int vector) => $"s{Int(row)}{(char)('a' + vector)}";

    private static string Sums(Tile tile, int row, Func<int, string> start) => string.Join(", ", Enumerable.Range(0, tile.Vectors).Select(v => $"{Sum(row, v)} = {start(v)}"));

    private static string Times(int count, string what) => count == 0 ? "" : count == 1 ? $" + {what}" : $" + ({Int(count)} * {what})";

    private static string Plus(string first, string name, int offset) => offset == 0 ? $"{first} + {name}" : $"{first} + {name} + {Int(offset)}";

    private static string Applied(Scalar? epilogue, string sum) => epilogue is null ? sum : epilogue.Format([sum]);

    private static string At(int positions) => positions > 1 ? $", at each of {Int(positions)} positions" : "";
}
