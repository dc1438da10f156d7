using CompiledNets.Generator.Emit;
using CompiledNets.Generator.Ops;
using static CompiledNets.Generator.Emit.CodeWriter;

namespace CompiledNets.Generator.Kernels;

/// <summary>
/// The gradient of the inputs of a layer whose weights are far larger than the cache, a range of outputs at a time: the gradients of a
/// range of outputs stay in the second-level cache for all blocks of a unit, and each weight is fetched once for them. Sums are taken up
/// where the range before left them, in the same order.
/// </summary>
internal static class OutputRangeKernel
{
    /// <summary>Weights, in floats, from which on it pays, and outputs, of which there are several ranges then.</summary>
    private const int LeastWeights = 1 << 20, LeastOutputs = 1024;

    /// <summary>Outputs of a range: 16 KB of gradients for each block of eight lanes.</summary>
    private const int Range = 512;

    /// <summary>Inputs of a tile: twelve sums fit into 16 registers.</summary>
    private const int Rows = 6;

    /// <summary>Whether the gradient is worked so.</summary>
    public static bool Suits(ContractionInputGradient op) =>
        op.Output.Shape.Positions == 1 && op.Upstream.Shape.Last >= LeastOutputs
        && (long)op.Output.Shape.Last * op.Upstream.Shape.Last >= LeastWeights;

    /// <summary>Writes the kernel.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="name">Gives the name of a leaf.</param>
    /// <param name="op">The gradient.</param>
    public static void Write(CodeWriter writer, Func<Leaf, string> name, ContractionInputGradient op)
    {
        int inputs = op.Output.Shape.Last, outputs = op.Upstream.Shape.Last;
        Tile tile = new(Rows, 2);
        int rest = inputs % Rows;
        Elements("T.Zero");
        writer.Open($"for (int n = 0; n < {Int(outputs)}; n += {Int(Range)})");
        writer.Line(outputs % Range == 0 ? $"const int range = {Int(Range)};"
            : $"int range = n + {Int(Range)} <= {Int(outputs)} ? {Int(Range)} : {Int(outputs)} - n;");
        writer.Open($"for (int k = 0; k <= {Int(inputs - Rows)}; k += {Int(Rows)})");
        Blocks(tile, "k");
        writer.Close();
        if (rest > 0) Blocks(new(rest, 2), Int(inputs - rest));
        writer.Close();
        if (op.Epilogue is not null)
            Elements(new Expression(writer, i => i == 0 ? "T.Load(ref dx, at)" : "T.Load(ref y, at)").Write(op.Epilogue));

        void Blocks(Tile tile, string row)
        {
            writer.Open("for (int b = first; b < last; b += 2)");
            writer.Line($"int from = (b * stride) + (n * T.Count), to = (b * stride) + ({row} * T.Count);");
            writer.Line($"if (b + 1 < last) {Call(tile, row)}");
            writer.Line($"else {Call(tile with { Vectors = 1 }, row)}");
            writer.Close();
        }

        string Call(Tile tile, string row) => $"{name(Accumulate(tile))}(ref Skip(ref dy, from), " +
            $"ref Skip(ref w, ({row} * {Int(outputs)}) + n), ref Skip(ref dx, to), stride, range, {Int(outputs)});";

        void Elements(string value)
        {
            writer.Line("for (int b = first; b < last; b++)").Open($"for (int k = 0; k < {Int(inputs)}; k++)");
            writer.Line("int at = (b * stride) + (k * T.Count);");
            writer.Line($"{Expression.Receiver(value)}.Store(ref dx, at);");
            writer.Close();
        }
    }

    private static Leaf Accumulate(Tile tile) => new(
        $"AddBackward{tile}", $"dx[k] += Σ w[k, n] dy[n] for {ContractionKernel.Results(tile, "inputs")}, over a range of outputs.",
        "ref float dy, ref float w, ref float dx, int stride, int range, int outputs",
        writer =>
        {
            ContractionKernel.InputGradientSums(writer, tile, "range", (r, v) => $"T.Load(ref dx, {ContractionKernel.Place(r, v)})");
            ContractionKernel.Store(writer, tile, "dx", (value, _) => value);
        });
}
