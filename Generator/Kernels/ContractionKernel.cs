using CompiledNets.Generator.Emit;
using CompiledNets.Generator.Ops;
using static CompiledNets.Generator.Emit.CodeWriter;

namespace CompiledNets.Generator.Kernels;

/// <summary>
/// Matrix products over blocks: lanes are samples, weights are single numbers that are broadcast. A tile keeps rows x 2 blocks of sums in
/// registers while it runs over the inputs; a last block without a partner has a tile of one.
/// </summary>
internal static class ContractionKernel
{
    /// <summary>
    /// Outputs from which on the gradients of a pair of blocks, 64 KB, are fetched from afar for each tile of inputs, and tiles that are
    /// worked together then: their weights, 200 KB for 2048 outputs, are in the second-level cache for all pairs.
    /// </summary>
    private const int ManyOutputs = 1024, TilesTogether = 4;

    /// <summary>y[n] = bias[n] + Σ w[k, n] x[k].</summary>
    public static Kernel Forward(Contraction op)
    {
        int inputs = op.X.Shape.Last, outputs = op.Output.Shape.Last, positions = op.X.Shape.Positions;
        bool hasBias = op.Bias is not null;
        string sum = (hasBias ? "b[n] + " : "") + "Σ w[k, n] x[k]";
        string formula = $"y[n] = {op.Epilogue?.Format([sum, "z[n]"]) ?? sum}";
        bool hasPanels = PanelKernel.Suits(op), hasBeside = op.Beside is not null;
        Operand[] operands = [new("x", op.X), new("w", op.Weights), .. hasPanels ? [Operand.Panels(op.Weights)] : Array.Empty<Operand>(),
            new("y", op.Output)];
        if (hasBeside) operands = [.. operands, new("z", op.Beside!)];
        return new("forward", op.Layer, $"{formula} for {outputs} outputs from {inputs} inputs{At(positions)}.", operands, Kernel.Blocks,
            (writer, name) =>
            {
                Leaf Leaf(Tile tile) => ForwardTile(tile, hasBias, op.Epilogue, hasBeside, formula);
                TileLoops loops = new(writer, "n", outputs, positions, "x", inputs, "y", hasBeside ? "z" : "", name, Leaf);
                if (hasPanels) PanelKernel.Write(writer, op, tile => name(Leaf(tile)), name(TileLoops.NextTile));
                else if (Tile.PaysHalf(inputs, outputs)) HalfTiles(loops, Tile.Half(outputs), inputs, outputs);
                if (RangeKernel.Suits(op)) RangeKernel.Write(writer, name, op);
                loops.Write(Tile.Cover(outputs), ("ref Skip(ref w, n)", $"{Int(inputs)}, {Int(outputs)}"));
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
            (writer, name) =>
            {
                if (OutputRangeKernel.Suits(op))
                {
                    OutputRangeKernel.Write(writer, name, op);
                    return;
                }

                TileLoops loops = new(writer, "k", inputs, positions, "dy", outputs, "dx", op.Beside is null ? "" : "y", name,
                    tile => InputGradientTile(tile, op.Epilogue, op.Beside is not null, formula));
                (string, string) weights = ($"ref Skip(ref w, k * {Int(outputs)})", Int(outputs));
                // Weights of a row follow each other here, so that a smaller tile is as fast where there are 32 registers, and one serves
                // all machines.
                if (inputs > Tile.MostRows) loops.WritePairs(Tile.Half(inputs), weights, outputs >= ManyOutputs ? TilesTogether : 1);
                else loops.Write(Tile.Cover(inputs), weights);
            });
    }

    // Narrow lanes have at most half the products for each weight; so few outputs lie in a line of the cache.
    private static void HalfTiles(TileLoops loops, Tile half, int inputs, int outputs)
    {
        // With a single pair of blocks nothing is read again.
        loops.Writer.Open("if (T.Count < 16 && last - first > 2)");
        loops.WriteHalf(half, ("ref Skip(ref w, n)", $"{Int(inputs)}, {Int(outputs)}"));
        loops.Writer.Close().Line();
    }

    private static Leaf ForwardTile(Tile tile, bool hasBias, Scalar? epilogue, bool hasBeside, string formula) => new(
        $"Forward{tile}", $"{formula} for {Results(tile, "outputs")}.",
        $"ref float x, ref float w, ref float y, {(hasBeside ? "ref float z, " : "")}int stride, int inputs, int outputs",
        writer =>
        {
            if (hasBias) writer.Line("int bias = inputs * outputs;");
            for (int r = 0; r < tile.Rows; r++)
                writer.Line($"T {Sums(tile, r, v => v > 0 ? Sum(r, 0) : hasBias ? $"T.Broadcast(ref w, bias{Plus(Int(r))})" : "T.Zero")};");
            writer.Open("for (int k = 0; k < inputs; k++)");
            // The next tile's weights, which for a large layer are not in the cache yet. Narrower lanes have no load to spare for it.
            writer.Line("if (T.Count == 16) T.Prefetch(ref w, 16);");
            Step(writer, tile, "x", r => $"ref w, {Int(r)}");
            writer.Line("x = ref Skip(ref x, T.Count);");
            writer.Line("w = ref Skip(ref w, outputs);");
            writer.Close();
            Store(writer, tile, "y", (value, at) => epilogue is null ? value
                : new Expression(writer, i => i == 0 ? value : $"T.Load(ref z, {at})").Write(epilogue));
        });

    private static Leaf InputGradientTile(Tile tile, Scalar? epilogue, bool hasBeside, string formula) => new(
        $"Backward{tile}", $"{formula} for {Results(tile, "inputs")}.",
        $"ref float dy, ref float w, ref float dx, {(hasBeside ? "ref float y, " : "")}int stride, int outputs",
        writer =>
        {
            InputGradientSums(writer, tile, "outputs", (_, _) => "T.Zero");
            Store(writer, tile, "dx", (value, at) => epilogue is null ? value
                : new Expression(writer, i => i == 0 ? value : $"T.Load(ref y, {at})").Write(epilogue));
        });

    /// <summary>
    /// Writes the sums over outputs, from what they start with. Weights of the rows lie a distance apart: four rows behind each reference,
    /// so that addresses cost nothing.
    /// </summary>
    internal static void InputGradientSums(CodeWriter writer, Tile tile, string count, Func<int, int, string> start)
    {
        string[] apart = ["0", "outputs", "two", "three"],
            references = [.. Enumerable.Range(0, (tile.Rows + apart.Length - 1) / apart.Length)
            .Select(i => i == 0 ? "w" : "w" + Int(i * apart.Length))];
        if (tile.Rows > 2) writer.Line($"int two = 2 * outputs{(tile.Rows > 3 ? ", three = 3 * outputs" : "")};");
        for (int i = 1; i < references.Length; i++)
            writer.Line($"ref float {references[i]} = ref Skip(ref w, {Int(i * apart.Length)} * outputs);");
        for (int r = 0; r < tile.Rows; r++) writer.Line($"T {Sums(tile, r, v => start(r, v))};");
        writer.Open($"for (int n = 0; n < {count}; n++)");
        Step(writer, tile, "dy", r => $"ref {references[r / apart.Length]}, {apart[r % apart.Length]}");
        writer.Line("dy = ref Skip(ref dy, T.Count);");
        foreach (string reference in references) writer.Line($"{reference} = ref Skip(ref {reference}, 1);");
        writer.Close();
    }

    internal static void Step(CodeWriter writer, Tile tile, string source, Func<int, string> weight)
    {
        writer.Line($"T {string.Join(", ", Enumerable.Range(0, tile.Vectors).Select(v => $"{source}{v} = T.Load(ref {source}, {(v == 0 ? "0" : "stride")})"))};");
        for (int r = 0; r < tile.Rows; r++)
        {
            if (tile.Vectors == 1)
            {
                writer.Line($"{Sum(r, 0)} = T.FmaOf({weight(r)}, {source}0, {Sum(r, 0)});");
                continue;
            }

            string sums =
                string.Join(" ", Enumerable.Range(0, tile.Vectors).Select(v => $"{Sum(r, v)} = T.Fma(w0, {source}{v}, {Sum(r, v)});"));
            writer.Line($"{(r == 0 ? "T " : "")}w0 = T.Broadcast({weight(r)}); {sums}");
        }
    }

    internal static void Store(CodeWriter writer, Tile tile, string target, Func<string, string, string> value)
    {
        for (int r = 0; r < tile.Rows; r++)
        {
            for (int v = 0; v < tile.Vectors; v++)
            {
                string place = Place(r, v);
                writer.Line($"{Expression.Receiver(value(Sum(r, v), place))}.Store(ref {target}, {place});");
            }
        }
    }

    /// <summary>Where the vector of a row and a block lies behind the first.</summary>
    internal static string Place(int row, int block) =>
        row == 0 ? (block == 0 ? "0" : "stride")
            : (row == 1 ? "T.Count" : block == 0 ? $"{Int(row)} * T.Count" : $"({Int(row)} * T.Count)") + (block == 0 ? "" : " + stride");

    internal static string Results(Tile tile, string what) =>
        $"{(tile.Rows == 1 ? "one of the " : Int(tile.Rows) + " ")}{what} and " +
        $"{(tile.Vectors == 1 ? "one block" : Int(tile.Vectors) + " blocks")}";

    internal static string Sum(int row, int vector) => $"s{Int(row)}{(char)('a' + vector)}";

    internal static string Sums(Tile tile, int row, Func<int, string> start) =>
        string.Join(", ", Enumerable.Range(0, tile.Vectors).Select(v => $"{Sum(row, v)} = {start(v)}"));

    private static string Plus(string offset) => offset == "0" ? "" : " + " + offset;

    private static string At(int positions) => positions > 1 ? $", at each of {Int(positions)} positions" : "";
}
