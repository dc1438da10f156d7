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
    /// <summary>Where <see cref="HalfTiles"/> pay: with a single pair of blocks nothing is read again.</summary>
    private const string HasHalf = "if (T.Count < 16 && last - first > 2)";

    /// <summary>Floats of a line of the cache, and the most that a copy of weights takes on the stack: 128 KB.</summary>
    private const int LineOfWeights = 16, MostPanel = 32768;

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
                TileLoops loops = new(writer, "n", outputs, positions, "x", inputs, "y", "", name, tile => ForwardTile(tile, hasBias, op.Epilogue, formula));
                if (PanelKernel.Suits(op)) PanelKernel.Write(writer, name, op);
                else if (Tile.PaysHalf(inputs, outputs)) HalfTiles(loops, Tile.Half(outputs), inputs, outputs, hasBias);
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
                TileLoops loops = new(writer, "k", inputs, positions, "dy", outputs, "dx", op.Beside is null ? "" : "y", name, tile => InputGradientTile(tile, op.Epilogue, op.Beside is not null, formula));
                (string, string) weights = ($"ref Skip(ref w, k * {Int(outputs)})", Int(outputs));
                // Weights of a row follow each other here, so that a smaller tile is as fast where there are 32 registers, and one serves all machines.
                if (inputs > Tile.MostRows) loops.WritePairs(Tile.Half(inputs), weights);
                else loops.Write(Tile.Cover(inputs), weights);
            });
    }

    // Narrow lanes have at most half the products for each line of weights that is fetched. So the weights of some outputs are copied side by side once for all blocks: a row apart, each takes a line.
    private static void HalfTiles(TileLoops loops, Tile half, int inputs, int outputs, bool hasBias)
    {
        CodeWriter writer = loops.Writer;
        int rows = inputs + (hasBias ? 1 : 0), width = rows * 2 * half.Rows <= MostPanel ? 2 * half.Rows : half.Rows;
        if (outputs <= LineOfWeights)
        {
            writer.Open(HasHalf);
            loops.WriteHalf(half, ("ref Skip(ref w, n)", $"{Int(inputs)}, {Int(outputs)}"));
            writer.Close().Line();
        }
        else if (rows * width <= MostPanel)
        {
            writer.Open(HasHalf);
            writer.Line("// Narrow lanes: weights of some outputs are copied side by side, where all blocks find them in the cache.");
            writer.Line($"ref float panel = ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference<float>(stackalloc float[{Int((rows * width) + LineOfWeights)}]);");
            loops.WriteHalf(half, width, ("ref Skip(ref panel, r)", $"{Int(inputs)}, {Int(width)}"), () =>
            {
                // What is copied too far is written again.
                writer.Line($"for (int k = 0; k < {Int(rows)}; k++)").Line($"for (int r = 0; r < {Int(width)}; r += T.Count) T.Load(ref w, (k * {Int(outputs)}) + n + r).Store(ref panel, (k * {Int(width)}) + r);");
            });
            writer.Close().Line();
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
            writer.Open("for (int k = 0; k < inputs; k++)");
            // The next tile's weights, which for a large layer are not in the cache yet. Narrower lanes have no load to spare for it.
            writer.Line("if (T.Count == 16) T.Prefetch(ref w, 16);");
            Step(writer, tile, "x", r => $"ref w, {Int(r)}");
            writer.Line("x = ref Skip(ref x, T.Count);");
            writer.Line("w = ref Skip(ref w, outputs);");
            writer.Close();
            Store(writer, tile, "y", (value, _) => epilogue is null ? value : new Expression(writer, _ => value).Write(epilogue));
        });

    // Weights of the rows lie a distance apart: four rows behind each reference, so that addresses cost nothing.
    private static Leaf InputGradientTile(Tile tile, Scalar? epilogue, bool hasBeside, string formula) => new(
        $"Backward{tile}", $"{formula} for {Results(tile, "inputs")}.",
        $"ref float dy, ref float w, ref float dx, {(hasBeside ? "ref float y, " : "")}int stride, int outputs",
        writer =>
        {
            string[] apart = ["0", "outputs", "two", "three"], references = [.. Enumerable.Range(0, (tile.Rows + apart.Length - 1) / apart.Length).Select(i => i == 0 ? "w" : "w" + Int(i * apart.Length))];
            if (tile.Rows > 2) writer.Line($"int two = 2 * outputs{(tile.Rows > 3 ? ", three = 3 * outputs" : "")};");
            for (int i = 1; i < references.Length; i++) writer.Line($"ref float {references[i]} = ref Skip(ref w, {Int(i * apart.Length)} * outputs);");
            for (int r = 0; r < tile.Rows; r++) writer.Line($"T {Sums(tile, r, _ => "T.Zero")};");
            writer.Open("for (int n = 0; n < outputs; n++)");
            Step(writer, tile, "dy", r => $"ref {references[r / apart.Length]}, {apart[r % apart.Length]}");
            writer.Line("dy = ref Skip(ref dy, T.Count);");
            foreach (string reference in references) writer.Line($"{reference} = ref Skip(ref {reference}, 1);");
            writer.Close();
            Store(writer, tile, "dx", (value, at) => epilogue is null ? value : new Expression(writer, i => i == 0 ? value : $"T.Load(ref y, {at})").Write(epilogue));
        });

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

            string sums = string.Join(" ", Enumerable.Range(0, tile.Vectors).Select(v => $"{Sum(r, v)} = T.Fma(w0, {source}{v}, {Sum(r, v)});"));
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
        row == 0 ? (block == 0 ? "0" : "stride") : (row == 1 ? "T.Count" : block == 0 ? $"{Int(row)} * T.Count" : $"({Int(row)} * T.Count)") + (block == 0 ? "" : " + stride");

    private static string Results(Tile tile, string what) => $"{(tile.Rows == 1 ? "one of the " : Int(tile.Rows) + " ")}{what} and {(tile.Vectors == 1 ? "one block" : Int(tile.Vectors) + " blocks")}";

    internal static string Sum(int row, int vector) => $"s{Int(row)}{(char)('a' + vector)}";

    private static string Sums(Tile tile, int row, Func<int, string> start) => string.Join(", ", Enumerable.Range(0, tile.Vectors).Select(v => $"{Sum(row, v)} = {start(v)}"));

    private static string Plus(string offset) => offset == "0" ? "" : " + " + offset;

    private static string At(int positions) => positions > 1 ? $", at each of {Int(positions)} positions" : "";
}
