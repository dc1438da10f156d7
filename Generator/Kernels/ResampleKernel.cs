using CompiledNets.Generator.Emit;
using CompiledNets.Generator.Ops;
using static CompiledNets.Generator.Emit.CodeWriter;

namespace CompiledNets.Generator.Kernels;

/// <summary>Weighted sums along an axis, the weights in a table.</summary>
internal static class ResampleKernel
{
    /// <summary>Weights up to which each is a vector of its own, made before the loop over what lies behind the axis.</summary>
    private const int FewTaps = 6;

    /// <summary>Over blocks.</summary>
    public static Kernel Blocks(Resample op) => new(
        op.Output.Role == Value.GradientRole ? "backward" : "resample", op.Layer, Summary(op, ""), Operands(op), Kernel.Blocks, writer =>
        {
            Tables(writer, op.Weighting);
            writer.Open("for (int b = first; b < last; b++)");
            Loops(writer, op, "i++", element => $"(b * stride) + ({element} * T.Count)");
            writer.Close();
        });

    /// <summary>
    /// Over a single sample: vectors over what lies behind the axis. The last one reaches into the next sums, which are made after it.
    /// </summary>
    public static Kernel Single(Resample op) => new("resample", op.Layer, Summary(op, ", one sample"), Operands(op), [],
        writer =>
        {
            Tables(writer, op.Weighting);
            Loops(writer, op, "i += T.Count", element => element);
        });

    private static void Loops(CodeWriter writer, Resample op, string next, Func<string, string> place)
    {
        (int outer, int inner) = (op.Layout.Outer, op.Layout.Inner);
        Weighting weighting = op.Weighting;
        Operand[] operands = Operands(op);
        string x = operands[0].Name, y = operands[1].Name, taps = Int(weighting.Taps);
        if (outer > 1) writer.Open($"for (int p = 0; p < {Int(outer)}; p++)");
        writer.Open($"for (int o = 0; o < {Int(weighting.Count)}; o++)");
        string first = outer > 1 ? $"((p * {Int(weighting.Size)}) + firsts[o])" : "firsts[o]";
        string result = outer > 1 ? $"((p * {Int(weighting.Count)}) + o)" : "o";
        writer.Line($"int from = {first} * {Int(inner)}, to = {result} * {Int(inner)};");
        bool isFew = weighting.Taps <= FewTaps;
        if (isFew)
        {
            IEnumerable<string> splats = Enumerable.Range(0, weighting.Taps)
                .Select(k => $"w{Int(k)} = T.Splat(weights[(o * {taps}) + {Int(k)}])");
            writer.Line($"T {string.Join(", ", splats)};");
        }

        writer.Open($"for (int i = 0; i < {Int(inner)}; {next})");
        string Load(string offset) => $"T.Load(ref {x}, {place($"(from + i{offset})")})";
        if (isFew)
        {
            writer.Line($"T sum = w0 * {Load("")};");
            for (int k = 1; k < weighting.Taps; k++) writer.Line($"sum = T.Fma(w{Int(k)}, {Load(" + " + Int(k * inner))}, sum);");
        }
        else
        {
            writer.Line("T sum = T.Zero;");
            string product = $"T.Splat(weights[(o * {taps}) + k]), {Load($" + (k * {Int(inner)})")}";
            writer.Line($"for (int k = 0; k < {taps}; k++) sum = T.Fma({product}, sum);");
        }

        writer.Line($"sum.Store(ref {y}, {place("(to + i)")});");
        writer.Close().Close();
        if (outer > 1) writer.Close();
    }

    private static void Tables(CodeWriter writer, Weighting weighting)
    {
        writer.Line($"global::System.ReadOnlySpan<int> firsts = [{string.Join(", ", weighting.Firsts.Select(first => Int(first)))}];");
        string weights = string.Join(", ", weighting.Weights.Select(weight => Float(weight)));
        writer.Line($"global::System.ReadOnlySpan<float> weights = [{weights}];");
    }

    private static Operand[] Operands(Resample op) => Operand.Of(op.Inputs, op.Output);

    private static string Summary(Resample op, string end)
    {
        Operand[] operands = Operands(op);
        return $"{operands[1].Name}[o] = Σ w[o, k] {operands[0].Name}[first[o] + k] with {Int(op.Weighting.Taps)} weights "
            + $"for {Int(op.Weighting.Count)} results from {Int(op.Layout.Count)} elements, at each of {Int(op.Layout.Positions)} " +
                $"positions{end}.";
    }
}
