using System.Runtime.CompilerServices;
using CompiledNets.Numerics;

namespace CompiledNets;

/// <summary>
/// Logarithm of the hyperbolic cosine: the mean over the last axis of log(cosh(output - target)), which is like half the square of small
/// errors and like the distance of large ones. Targets have the shape of the outputs.
/// </summary>
public sealed class LogCosh : Loss
{
    /// <summary>Makes the loss.</summary>
    /// <param name="reduction">How values become the loss of a batch.</param>
    /// <param name="name">Its name.</param>
    public LogCosh(Reduction reduction = Reduction.SumOverBatchSize, string name = "log_cosh")
        : base(name, reduction)
    {
    }

    internal override LossKernel CreateKernel<T>() => new LogCoshKernel<T>();
}

/// <summary>The gradient is tanh(output - target) / classes.</summary>
internal sealed class LogCoshKernel<T> : PositionLossKernel<T> where T : struct, ILanes<T>
{
    private const float Ln2 = 0.693147181f;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override T Work(scoped in LossPosition at, T weight)
    {
        T factor = T.Splat(at.Scale / at.Classes) * weight, sum = T.Zero;
        for (int c = 0; c < at.Classes * T.Count; c += T.Count)
        {
            T error = T.Load(ref at.Outputs, c) - T.Load(ref at.Targets, c);
            sum += Value(T.Abs(error));
            if (at.WantsGradient) (LaneMath.Tanh(error) * factor).Store(ref at.Gradient, c);
        }

        return sum / T.Splat(at.Classes) * weight;
    }

    // Keras's |e| + log(1 + exp(-2 |e|)) - log 2 has no digit left of a small error; there cosh e = 1 + 2 sinh²(e / 2).
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static T Value(T size)
    {
        T one = T.Splat(1), half = T.Splat(0.5f);
        T grown = LaneMath.Expm1(T.Min(one, size) * half), sinh = (grown + (grown / (grown + one))) * half;
        T near = LaneMath.Log1p(T.Splat(2) * sinh * sinh);
        T far = size + LaneMath.Log1p(LaneMath.Exp(T.Splat(-2) * size)) - T.Splat(Ln2);
        return T.SelectGreater(size, one, far, near);
    }
}
