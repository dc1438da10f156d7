using System.Runtime.CompilerServices;
using CompiledNets.Numerics;

namespace CompiledNets;

/// <summary>
/// Huber loss (1964): the mean over the last axis of half the square of errors up to delta, and of <c>delta * |error| - delta² / 2</c> of
/// larger ones. Targets have the shape of the outputs.
/// </summary>
public sealed class Huber : Loss
{
    /// <summary>Makes the loss.</summary>
    /// <param name="delta">The error from which on the loss grows in a straight line, above 0.</param>
    /// <param name="reduction">How values become the loss of a batch.</param>
    /// <param name="name">Its name.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="delta"/> is no number above 0.</exception>
    public Huber(float delta = 1, Reduction reduction = Reduction.SumOverBatchSize, string name = "huber_loss")
        : base(name, reduction)
    {
        if (!(delta > 0 && float.IsFinite(delta)))
            throw new ArgumentOutOfRangeException(nameof(delta), FormattableString.Invariant(
                $"Argument `delta` must be a finite number above 0. Received: delta={delta}"));
        Delta = delta;
    }

    /// <summary>The error from which on the loss grows in a straight line.</summary>
    public float Delta { get; }

    internal override LossKernel CreateKernel<T>() => new HuberKernel<T>(Delta);
}

/// <summary>The gradient is the error, at most delta to either side, / classes.</summary>
internal sealed class HuberKernel<T>(float delta) : PositionLossKernel<T> where T : struct, ILanes<T>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override T Work(scoped in LossPosition at, T weight)
    {
        T factor = T.Splat(at.Scale / at.Classes) * weight, sum = T.Zero;
        T bend = T.Splat(delta), half = T.Splat(0.5f), less = T.Splat(0.5f * delta * delta);
        for (int c = 0; c < at.Classes * T.Count; c += T.Count)
        {
            T error = T.Load(ref at.Outputs, c) - T.Load(ref at.Targets, c), size = T.Abs(error);
            sum += T.SelectGreater(size, bend, (bend * size) - less, half * error * error);
            if (at.WantsGradient)
            {
                T end = T.SelectGreater(error, T.Zero, bend, -bend);
                (T.SelectGreater(size, bend, end, error) * factor).Store(ref at.Gradient, c);
            }
        }

        return sum / T.Splat(at.Classes) * weight;
    }
}
