using CompiledNets.Generator.Emit;
using CompiledNets.Generator.Ops;
using static CompiledNets.Generator.Emit.CodeWriter;

namespace CompiledNets.Generator.Kernels;

/// <summary>
/// The way of the widest lanes through weights that are far larger than the cache: a range of inputs at a time, for which the values of
/// some blocks stay in the second-level cache, and a vector of outputs at a time, whose weights are copied side by side. Rows of weights a
/// power of two apart would push each other out of the cache, and each pair of blocks would fetch them again.
/// </summary>
internal static class RangeKernel
{
    /// <summary>Weights, in floats, from which on it pays: four times a second-level cache of 1 MB.</summary>
    private const int LeastWeights = 1 << 20;

    /// <summary>Inputs of a range: 32 KB of weights, and 32 KB of values a block.</summary>
    private const int Range = 512;

    /// <summary>Outputs of a tile.</summary>
    private const int Rows = 8;

    /// <summary>Whether a layer is worked so.</summary>
    public static bool Suits(Contraction op) =>
        (long)op.X.Shape.Last * op.Output.Shape.Last >= LeastWeights && op.Output.Shape.Last % 16 == 0 && op.X.Shape.Positions == 1
            && op.Beside is null;

    /// <summary>Writes the whole kernel for more blocks than a pair; it returns behind it.</summary>
    public static void Write(CodeWriter writer, Func<Leaf, string> name, Contraction op)
    {
        int inputs = op.X.Shape.Last, outputs = op.Output.Shape.Last;
        Tile tile = new(Rows, 2);
        writer.Open("if (last - first > 2)");
        writer.Line($"ref float panel = ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference<float>(stackalloc " +
            $"float[{Int(Range)} * T.Count]);");
        Elements(() =>
            writer.Line($"{(op.Bias is null ? "T.Zero" : $"T.Broadcast(ref w, {Int(inputs * outputs)} + n)")}.Store(ref y, (b * stride) " +
            $"+ (n * T.Count));"));
        writer.Open($"for (int k = 0; k < {Int(inputs)}; k += {Int(Range)})");
        writer.Line(inputs % Range == 0 ? $"const int range = {Int(Range)};"
            : $"int range = k + {Int(Range)} <= {Int(inputs)} ? {Int(Range)} : {Int(inputs)} - k;");
        writer.Open($"for (int n = 0; n < {Int(outputs)}; n += T.Count)");
        writer.Line($"ref float weights = ref Skip(ref w, (k * {Int(outputs)}) + n);");
        writer.Line($"for (int i = 0; i < range; i++) T.Load(ref weights, i * {Int(outputs)}).Store(ref panel, i * T.Count);");
        writer.Open("for (int b = first; b < last; b += 2)");
        writer.Open($"for (int m = 0; m < T.Count; m += {Int(Rows)})");
        writer.Line("int from = (b * stride) + (k * T.Count), to = (b * stride) + ((n + m) * T.Count);");
        writer.Line($"if (b + 1 < last) {Call(tile, "stride")}");
        writer.Line($"else {Call(tile with { Vectors = 1 }, "stride")}");
        writer.Close().Close().Close().Close();
        if (op.Epilogue is not null)
            Elements(() =>
                writer.Line($"{new Expression(writer, _ => "T.Load(ref y, (b * stride) + (n * T.Count))").Write(op.Epilogue)}.Store(ref " +
                $"y, (b * stride) + (n * T.Count));"));
        writer.Line("return;");
        writer.Close();
        writer.Line();

        string Call(Tile tile, string stride) =>
            $"{name(Accumulate(tile))}(ref Skip(ref x, from), ref Skip(ref panel, m), ref Skip(ref y, to), ref Skip(ref weights, " +
                $"T.Count), {stride}, range, {Int(outputs)});";

        void Elements(Action body)
        {
            writer.Line("for (int b = first; b < last; b++)").Open($"for (int n = 0; n < {Int(outputs)}; n++)");
            body();
            writer.Close();
        }
    }

    private static Leaf Accumulate(Tile tile)
    {
        return new($"Accumulate{tile}",
            $"y[n] += Σ w[k, n] x[k] for {tile.Rows} outputs and {(tile.Vectors == 1 ? "one block" : $"{tile.Vectors} blocks")}, over a " +
            $"range of inputs; asks for the weights of the next outputs meanwhile.",
            "ref float x, ref float w, ref float y, ref float next, int stride, int inputs, int outputs",
            writer =>
            {
                for (int r = 0; r < tile.Rows; r++)
                    writer.Line($"T {string.Join(", ", Enumerable.Range(0, tile.Vectors).Select(v => $"{ContractionKernel.Sum(r, v)} = T.Load(ref y, {ContractionKernel.Place(r, v)})"))};");
                writer.Open("for (int k = 0; k < inputs; k++)");
                writer.Line("T.Prefetch(ref next, 0);");
                ContractionKernel.Step(writer, tile, "x", r => $"ref w, {Int(r)}");
                writer.Line("x = ref Skip(ref x, T.Count);");
                writer.Line("w = ref Skip(ref w, T.Count);");
                writer.Line("next = ref Skip(ref next, outputs);");
                writer.Close();
                ContractionKernel.Store(writer, tile, "y", (value, _) => value);
            });
    }
}
