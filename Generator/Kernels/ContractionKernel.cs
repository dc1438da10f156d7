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

    /// <summary>
    /// Weights of a layer, in floats, from which on a vector of outputs is copied together before its tiles read it: far beyond a second-level cache, where each pair of blocks would fetch a
    /// line for every input again, and lines a power of two apart push each other out.
    /// </summary>
    private const int PackedWeights = 1 << 20;

    /// <summary>Inputs of such a layer: what is copied lies on the stack, 256 KB of it at most.</summary>
    private const int MostPackedInputs = 4095;

    /// <summary>y[n] = bias[n] + Σ w[k, n] x[k].</summary>
    public static Kernel Forward(Contraction op)
    {
        int inputs = op.X.Shape.Last, outputs = op.Output.Shape.Last, positions = op.X.Shape.Positions;
        bool hasBias = op.Bias is not null;
        string sum = (hasBias ? "b[n] + " : "") + "Σ w[k, n] x[k]";
        string formula = $"y[n] = {op.Epilogue?.Format([sum]) ?? sum}";
        return new("forward", op.Layer, $"{formula} for {outputs} outputs from {inputs} inputs{At(positions)}.",
            [new("x", op.X), new("w", op.Weights), new("y", op.Output)], Kernel.Blocks,
            (writer, name) =>
            {
                Leaf leaf(Tile tile) => ForwardTile(tile, hasBias, op.Epilogue, formula);
                bool packs = (long)inputs * outputs >= PackedWeights && inputs <= MostPackedInputs && outputs % 16 == 0 && positions == 1 && Tile.Cover(outputs).Rows == 8;
                if (packs) Panels(writer, inputs, outputs, hasBias, tile => name(leaf(tile)));
                Tiles(writer, outputs, positions, inputs, outputs, "x", "y", "n", "n", "", tile => (name(leaf(tile)), $"stride, {Int(inputs)}, {Int(outputs)}"));
            });
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
            (writer, name) => Tiles(writer, inputs, positions, outputs, inputs, "dy", "dx", "k", $"k * {Int(outputs)}", op.Beside is null ? "" : "y", tile =>
                (name(InputGradientTile(tile, op.Epilogue, op.Beside is not null, formula)), $"stride, {Int(outputs)}")));
    }

    /// <summary>Writes the way over panels, which returns where vectors are as wide as tiles: their weights lie side by side then, the bias behind them.</summary>
    private static void Panels(CodeWriter writer, int inputs, int outputs, bool hasBias, Func<Tile, string> leaf)
    {
        int rows = inputs + (hasBias ? 1 : 0);
        writer.Open("if (T.Count >= 8 && last - first > 2)");
        writer.Line($"ref float panel = ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference<float>(stackalloc float[{Int(rows)} * T.Count]);");
        writer.Open($"for (int n = 0; n < {Int(outputs)}; n += T.Count)");
        writer.Line($"for (int k = 0; k < {Int(rows)}; k++) T.Load(ref w, (k * {Int(outputs)}) + n).Store(ref panel, k * T.Count);");
        writer.Line("for (int m = 0; m < T.Count; m += 8)");
        writer.Open("for (int b = first; b < last; b += T.Registers == 32 ? 2 : 1)");
        writer.Line("int from = b * stride, to = (b * stride) + ((n + m) * T.Count);");
        foreach (Tile tile in new[] { new Tile(8, BlocksPerTile), new Tile(8, 1) })
            writer.Line($"{(tile.Vectors > 1 ? "if (T.Registers == 32 && b + 1 < last)" : "else")} {leaf(tile)}(ref Skip(ref x, from), ref Skip(ref panel, m), ref Skip(ref y, to), stride, {Int(inputs)}, T.Count);");
        writer.Close();
        writer.Close();
        writer.Line("return;");
        writer.Close();
        writer.Line();
    }

    /// <summary>Writes the loops over results and blocks.</summary>
    private static void Tiles(
        CodeWriter writer, int rows, int positions, int sourceSize, int targetSize, string source, string target, string row, string weight, string beside,
        Func<Tile, (string Leaf, string Sizes)> leaf)
    {
        Tile tile = Tile.Cover(rows);
        int covered = rows / tile.Rows * tile.Rows;
        // One register file holds the sums of two blocks, the other those of one.
        writer.Line($"int side = T.Registers == 32 ? {Int(BlocksPerTile)} : 1;");
        Loop(tile, 0, covered);
        if (covered < rows) Loop(new(rows - covered, tile.Vectors), covered, rows);

        void Loop(Tile tile, int from, int to)
        {
            if (to - from == tile.Rows) writer.Open($"for (int {row} = {Int(from)}, b = first; b < last; b += side)");
            else writer.Line($"for (int {row} = {Int(from)}; {row} < {Int(to)}; {row} += {Int(tile.Rows)})").Open("for (int b = first; b < last; b += side)");
            if (positions > 1) writer.Open($"for (int p = 0; p < {Int(positions)}; p++)");
            string read = positions > 1 ? $"(b * stride) + (p * {Int(sourceSize)} * T.Count)" : "b * stride";
            string written = positions > 1 ? $"(b * stride) + (((p * {Int(targetSize)}) + {row}) * T.Count)" : $"(b * stride) + ({row} * T.Count)";
            writer.Line($"int from = {read}, to = {written};");
            Call("if (side == 2 && b + 1 < last) ", tile);
            Call("else ", tile with { Vectors = 1 });
            if (positions > 1) writer.Close();
            writer.Close();
        }

        void Call(string condition, Tile tile)
        {
            (string name, string sizes) = leaf(tile);
            string other = beside.Length == 0 ? "" : $"ref Skip(ref {beside}, to), ";
            writer.Line($"{condition}{name}(ref Skip(ref {source}, from), ref Skip(ref w, {weight}), ref Skip(ref {target}, to), {other}{sizes});");
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
            Step(writer, tile, "x", null);
            writer.Line("from += T.Count;");
            writer.Line("weight += outputs;");
            writer.Close();
            Store(writer, tile, "y", (value, _) => epilogue is null ? value : new Expression(writer, _ => value).Write(epilogue));
        });

    private static Leaf InputGradientTile(Tile tile, Scalar? epilogue, bool hasBeside, string formula) => new(
        $"Backward{tile}", $"{formula} for {Results(tile, "inputs")}.",
        $"ref float dy, ref float w, ref float dx, {(hasBeside ? "ref float y, " : "")}int stride, int outputs",
        writer =>
        {
            for (int r = 0; r < tile.Rows; r++) writer.Line($"T {Sums(tile, r, _ => "T.Zero")};");
            writer.Line("int from = 0;");
            writer.Open("for (int n = 0; n < outputs; n++)");
            writer.Line("int weight = n;");
            Step(writer, tile, "dy", "outputs");
            writer.Line("from += T.Count;");
            writer.Close();
            Store(writer, tile, "dx", (value, at) => epilogue is null ? value : new Expression(writer, i => i == 0 ? value : $"T.Load(ref y, {at})").Write(epilogue));
        });

    // The weights of the rows lie side by side, or a distance apart.
    private static void Step(CodeWriter writer, Tile tile, string source, string? apart)
    {
        writer.Line($"T {string.Join(", ", Enumerable.Range(0, tile.Vectors).Select(v => $"{source}{v} = T.Load(ref {source}, from{Times(v)})"))};");
        for (int r = 0; r < tile.Rows; r++)
        {
            string sums = string.Join(" ", Enumerable.Range(0, tile.Vectors).Select(v => $"{Sum(r, v)} = T.Fma(w0, {source}{v}, {Sum(r, v)});"));
            string skip = r == 0 || apart is null ? "" : $"weight += {apart}; ";
            writer.Line($"{skip}{(r == 0 ? "T " : "")}w0 = T.Broadcast(ref w, weight{(apart is null && r > 0 ? " + " + Int(r) : "")}); {sums}");
        }
    }

    private static void Store(CodeWriter writer, Tile tile, string target, Func<string, string, string> value)
    {
        for (int r = 0; r < tile.Rows; r++)
        {
            for (int v = 0; v < tile.Vectors; v++)
            {
                string row = r == 1 ? "T.Count" : v == 0 ? $"{Int(r)} * T.Count" : $"({Int(r)} * T.Count)";
                string place = r == 0 ? (v == 0 ? "0" : "stride") : row + Times(v);
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
