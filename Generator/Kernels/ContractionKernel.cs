using CompiledNets.Generator.Emit;
using CompiledNets.Generator.Ops;
using static CompiledNets.Generator.Emit.CodeWriter;

namespace CompiledNets.Generator.Kernels;

/// <summary>
/// Matrix products over blocks: lanes are samples, weights are single numbers that are broadcast. A tile keeps rows x 2 blocks of sums in registers while it runs over the inputs; a last
/// block without a partner has a tile of one.
/// </summary>
internal static class ContractionKernel
{
    /// <summary>Blocks that a tile works side by side.</summary>
    private const int BlocksPerTile = 2;

    /// <summary>y[n] = bias[n] + Σ w[k, n] x[k].</summary>
    public static Kernel Forward(Contraction op)
    {
        int inputs = op.X.Shape.Last, outputs = op.Output.Shape.Last, positions = op.X.Shape.Positions;
        bool hasBias = op.Bias is not null;
        string sum = (hasBias ? "b[n] + " : "") + "Σ w[k, n] x[k]";
        string formula = $"y[n] = {op.Epilogue?.Format([sum]) ?? sum}";
        return new("forward", op.Layer, $"{formula} for {outputs} outputs from {inputs} inputs{At(positions)}.",
            [new("x", op.X), new("w", op.Weights), new("y", op.Output)], Kernel.Blocks,
            (writer, name) => Tiles(writer, outputs, positions, inputs, outputs, "n", (tile, from, to) =>
            {
                Leaf leaf = ForwardTile(tile, hasBias, op.Epilogue, formula);
                return $"{name(leaf)}(ref Skip(ref x, {from}), ref Skip(ref w, n), ref Skip(ref y, {to}), stride, {Int(inputs)}, {Int(outputs)});";
            }));
    }

    /// <summary>dx[k] = Σ w[k, n] dy[n], times the derivative of the activation below where that is fused.</summary>
    public static Kernel InputGradient(ContractionInputGradient op)
    {
        int inputs = op.Output.Shape.Last, outputs = op.Upstream.Shape.Last, positions = op.Output.Shape.Positions;
        Operand[] operands = [new("dy", op.Upstream), new("w", op.Weights), new("dx", op.Output)];
        if (op.Beside is not null) operands = [.. operands, new("y", op.Beside)];
        const string sum = "Σ w[k, n] dy[n]";
        string formula = $"dx[k] = {op.Epilogue?.Format([sum, "y[k]"]) ?? sum}";
        return new("backward", op.Layer, $"{formula} for {inputs} inputs from {outputs} outputs{At(positions)}.",
            operands, Kernel.Blocks,
            (writer, name) => Tiles(writer, inputs, positions, outputs, inputs, "k", (tile, from, to) =>
            {
                Leaf leaf = InputGradientTile(tile, outputs, op.Epilogue, op.Beside is not null, formula);
                string beside = op.Beside is null ? "" : $"ref Skip(ref y, {to}), ";
                return $"{name(leaf)}(ref Skip(ref dy, {from}), ref Skip(ref w, k * {Int(outputs)}), ref Skip(ref dx, {to}), {beside}stride);";
            }));
    }

    /// <summary>Writes the loops over results and blocks, for many registers and for few.</summary>
    private static void Tiles(CodeWriter writer, int rows, int positions, int sourceSize, int targetSize, string row, Func<Tile, string, string, string> call)
    {
        Tile[] tiles = [.. Tile.RegisterCounts.Select(registers => Tile.Cover(rows, BlocksPerTile, registers))];
        if (tiles[0] == tiles[1])
        {
            Cover(tiles[0]);
            return;
        }

        writer.Open("if (T.Registers == 32)");
        Cover(tiles[0]);
        writer.Close();
        writer.Open("else");
        Cover(tiles[1]);
        writer.Close();

        void Cover(Tile tile)
        {
            int covered = rows / tile.Rows * tile.Rows;
            Loop(tile, 0, covered);
            if (covered < rows) Loop(new(rows - covered, tile.Vectors), covered, rows);
        }

        void Loop(Tile tile, int from, int to)
        {
            bool single = to - from == tile.Rows;
            if (single) writer.Open("").Line($"const int {row} = {Int(from)};");
            else writer.Open($"for (int {row} = {Int(from)}; {row} < {Int(to)}; {row} += {Int(tile.Rows)})");
            writer.Open($"for (int b = first; b < last; b += {Int(tile.Vectors)})");
            if (positions > 1) writer.Open($"for (int p = 0; p < {Int(positions)}; p++)");
            string source = positions > 1 ? $"(b * stride) + (p * {Int(sourceSize)} * T.Count)" : "b * stride";
            string target = positions > 1 ? $"(b * stride) + (((p * {Int(targetSize)}) + {row}) * T.Count)" : $"(b * stride) + ({row} * T.Count)";
            writer.Line("if (b + 1 < last) " + call(tile, source, target));
            writer.Line("else " + call(tile with { Vectors = 1 }, source, target));
            if (positions > 1) writer.Close();
            writer.Close();
            writer.Close();
        }
    }

    private static Leaf ForwardTile(Tile tile, bool hasBias, Scalar? epilogue, string formula) => new(
        $"Forward{tile}", $"{formula} for {Results(tile, "outputs")}.",
        "ref float x, ref float w, ref float y, int stride, int inputs, int outputs",
        writer =>
        {
            if (hasBias) writer.Line("int bias = inputs * outputs;");
            for (int r = 0; r < tile.Rows; r++)
                writer.Line($"T {Sums(tile, r, v => v > 0 ? Sum(r, 0) : hasBias ? $"T.Broadcast(ref w, bias{Plus(Int(r))})" : "T.Zero")};");
            writer.Line("int from = 0, weight = 0;");
            writer.Open("for (int k = 0; k < inputs; k++)");
            Step(writer, tile, "x", r => Int(r));
            writer.Line("from += T.Count;");
            writer.Line("weight += outputs;");
            writer.Close();
            Store(writer, tile, "y", (value, _) => epilogue is null ? value : new Expression(writer, _ => value).Write(epilogue));
        });

    private static Leaf InputGradientTile(Tile tile, int outputs, Scalar? epilogue, bool hasBeside, string formula) => new(
        $"Backward{tile}", $"{formula} for {Results(tile, "inputs")} from {outputs} outputs.",
        $"ref float dy, ref float w, ref float dx, {(hasBeside ? "ref float y, " : "")}int stride",
        writer =>
        {
            for (int r = 0; r < tile.Rows; r++) writer.Line($"T {Sums(tile, r, _ => "T.Zero")};");
            writer.Line("int from = 0;");
            writer.Open($"for (int weight = 0; weight < {Int(outputs)}; weight++)");
            Step(writer, tile, "dy", r => Int(r * outputs));
            writer.Line("from += T.Count;");
            writer.Close();
            Store(writer, tile, "dx", (value, at) => epilogue is null ? value : new Expression(writer, i => i == 0 ? value : $"T.Load(ref y, {at})").Write(epilogue));
        });

    private static void Step(CodeWriter writer, Tile tile, string source, Func<int, string> weight)
    {
        writer.Line($"T {string.Join(", ", Enumerable.Range(0, tile.Vectors).Select(v => $"{source}{v} = T.Load(ref {source}, from{Times(v)})"))};");
        for (int r = 0; r < tile.Rows; r++)
        {
            string sums = string.Join(" ", Enumerable.Range(0, tile.Vectors).Select(v => $"{Sum(r, v)} = T.Fma(w0, {source}{v}, {Sum(r, v)});"));
            writer.Line($"{(r == 0 ? "T " : "")}w0 = T.Broadcast(ref w, weight{Plus(weight(r))}); {sums}");
        }
    }

    private static void Store(CodeWriter writer, Tile tile, string target, Func<string, string, string> value)
    {
        for (int r = 0; r < tile.Rows; r++)
        {
            for (int v = 0; v < tile.Vectors; v++)
            {
                string place = r == 0 ? (v == 0 ? "0" : "stride") : (r == 1 ? "T.Count" : $"({Int(r)} * T.Count)") + Times(v);
                writer.Line($"{Expression.Receiver(value(Sum(r, v), place))}.Store(ref {target}, {place});");
            }
        }
    }

    private static string Results(Tile tile, string what) => $"{(tile.Rows == 1 ? "one of the " : Int(tile.Rows) + " ")}{what} and {(tile.Vectors == 1 ? "one block" : Int(tile.Vectors) + " blocks")}";

    private static string Sum(int row, int vector) => $"s{Int(row)}{(char)('a' + vector)}";

    private static string Sums(Tile tile, int row, Func<int, string> start) => string.Join(", ", Enumerable.Range(0, tile.Vectors).Select(v => $"{Sum(row, v)} = {start(v)}"));

    private static string Times(int blocks) => blocks == 0 ? "" : " + stride";

    private static string Plus(string offset) => offset == "0" ? "" : " + " + offset;

    private static string At(int positions) => positions > 1 ? $", at each of {Int(positions)} positions" : "";
}
