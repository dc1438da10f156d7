using System.Runtime.CompilerServices;
using CompiledNets.Numerics;

namespace CompiledNets;

/// <summary>Mean absolute error: the mean over the last axis of |output - target|. Targets have the shape of the outputs.</summary>
public sealed class MeanAbsoluteError : Loss
{
    /// <summary>Makes the loss.</summary>
    /// <param name="reduction">How values become the loss of a batch.</param>
    /// <param name="name">Its name.</param>
    public MeanAbsoluteError(Reduction reduction = Reduction.SumOverBatchSize, string name = "mean_absolute_error")
        : base(name, reduction)
    {
    }

    internal override LossKernel CreateKernel<T>() => new MeanAbsoluteErrorKernel<T>();
}

/// <summary>The gradient is sign(output - target) / classes, and 0 where they are equal, as in TensorFlow.</summary>
internal sealed class MeanAbsoluteErrorKernel<T> : PositionLossKernel<T> where T : struct, ILanes<T>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override T Work(scoped in LossPosition at, T weight)
    {
        T factor = T.Splat(at.Scale / at.Classes) * weight, sum = T.Zero;
        for (int c = 0; c < at.Classes * T.Count; c += T.Count)
        {
            T error = T.Load(ref at.Outputs, c) - T.Load(ref at.Targets, c);
            sum += T.Abs(error);
            if (at.WantsGradient)
                T.SelectGreater(error, T.Zero, factor, T.SelectGreater(T.Zero, error, -factor, error * factor)).Store(ref at.Gradient, c);
        }

        return sum / T.Splat(at.Classes) * weight;
    }
}
