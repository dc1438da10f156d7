using CompiledNets.Generator.Ops;
using static CompiledNets.Generator.Emit.CodeWriter;

namespace CompiledNets.Generator.Kernels;

/// <summary>The numbers 0, 1, 2, ... as a value.</summary>
internal static class RampKernel
{
    /// <summary>Over blocks: each number in all lanes.</summary>
    public static Kernel Blocks(Ramp op)
    {
        int count = op.Output.Shape.Size;
        return new("places", op.Layer, $"y[f] = f for {count} features.", [new("y", op.Output)], Kernel.Blocks, writer =>
        {
            writer.Open("for (int b = first; b < last; b++)");
            writer.Line($"for (int f = 0; f < {Int(count)}; f++) T.Splat(f).Store(ref y, (b * stride) + (f * T.Count));");
            writer.Close();
        });
    }

    /// <summary>Of a single sample: vectors run over the numbers.</summary>
    public static Kernel Single(Ramp op)
    {
        int count = op.Output.Shape.Size;
        return new("row", op.Layer, $"y[f] = f for {count} features, one sample.", [new("y", op.Output)], [],
            writer => writer.Line($"for (int f = 0; f < {Int(count)}; f += T.Count) (T.Splat(f) + T.Indices).Store(ref y, f);"));
    }
}
