using System.Runtime.CompilerServices;
using CompiledNets.Numerics;

namespace CompiledNets;

/// <summary>Mean squared error: the mean over the last axis of (output - target)². Targets have the shape of the outputs.</summary>
public sealed class MeanSquaredError : Loss
{
    /// <summary>Makes the loss.</summary>
    /// <param name="reduction">How values become the loss of a batch.</param>
    /// <param name="name">Its name.</param>
    public MeanSquaredError(Reduction reduction = Reduction.SumOverBatchSize, string name = "mean_squared_error")
        : base(name, reduction)
    {
    }

    internal override LossKernel CreateKernel<T>() => new MeanSquaredErrorKernel<T>();
}

/// <summary>The gradient is 2 (output - target) / classes.</summary>
internal sealed class MeanSquaredErrorKernel<T> : PositionLossKernel<T> where T : struct, ILanes<T>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override T Work(scoped in LossPosition at, T weight)
    {
        T factor = T.Splat(2 * at.Scale / at.Classes) * weight, sum = T.Zero;
        for (int c = 0; c < at.Classes * T.Count; c += T.Count)
        {
            T error = T.Load(ref at.Outputs, c) - T.Load(ref at.Targets, c);
            sum = T.Fma(error, error, sum);
            if (at.WantsGradient) (factor * error).Store(ref at.Gradient, c);
        }

        return sum / T.Splat(at.Classes) * weight;
    }
}
