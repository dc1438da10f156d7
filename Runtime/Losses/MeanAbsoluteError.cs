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
    {
        Reduction = reduction;
        Name = name;
    }

    /// <inheritdoc/>
    public override string Name { get; }

    internal override LossKernel CreateKernel<T>() => new MeanAbsoluteErrorKernel<T>();
}

/// <summary>The gradient is sign(output - target) / classes, and 0 where they are equal, as in TensorFlow.</summary>
internal sealed class MeanAbsoluteErrorKernel<T> : LossKernel where T : struct, ILanes<T>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Run(scoped in LossArguments arguments, int first, int last)
    {
        ref float outputs = ref arguments.Outputs;
        ref float targets = ref arguments.Targets;
        ref float weights = ref arguments.Weights;
        ref float gradient = ref arguments.Gradient;
        ref float values = ref arguments.Values;
        bool wantsGradient = !Unsafe.IsNullRef(ref gradient);
        int classes = arguments.Classes;
        T count = T.Splat(classes);
        T slope = T.Splat(arguments.Scale / classes);

        for (int block = first; block < last; block++)
        {
            for (int position = 0; position < arguments.Positions; position++)
            {
                int output = ((block * arguments.OutputStride) + (position * classes)) * T.Count;
                int target = ((block * arguments.TargetStride) + (position * classes)) * T.Count;
                int value = ((block * arguments.WeightStride) + position) * T.Count;
                T weight = T.Load(ref weights, value);
                T factor = slope * weight;
                T sum = T.Zero;
                for (int at = 0; at < classes * T.Count; at += T.Count)
                {
                    T error = T.Load(ref outputs, output + at) - T.Load(ref targets, target + at);
                    sum += T.Abs(error);
                    if (wantsGradient)
                    {
                        T sign = T.SelectGreater(error, T.Zero, factor, T.SelectGreater(T.Zero, error, -factor, error * factor));
                        sign.Store(ref gradient, output + at);
                    }
                }

                (sum / count * weight).Store(ref values, value);
            }
        }
    }
}
