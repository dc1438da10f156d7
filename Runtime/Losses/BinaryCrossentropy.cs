using System.Runtime.CompilerServices;
using CompiledNets.Execution;
using CompiledNets.Numerics;

namespace CompiledNets;

/// <summary>
/// Binary crossentropy: the mean over the last axis of -(t log p + (1 - t) log(1 - p)), for one or more questions of yes (1) or no (0). Targets have the shape of the outputs.
/// </summary>
public sealed class BinaryCrossentropy : Loss
{
    private readonly bool fromLogits;
    private readonly float labelSmoothing;

    /// <summary>Makes the loss.</summary>
    /// <param name="fromLogits">The outputs are logits, not probabilities. A network that ends in a sigmoid is trained on its logits either way.</param>
    /// <param name="labelSmoothing">In [0, 1]: targets t become t (1 - s) + s / 2.</param>
    /// <param name="axis">The axis of the mean; only the last, -1.</param>
    /// <param name="reduction">How values become the loss of a batch.</param>
    /// <param name="name">Its name.</param>
    /// <exception cref="ArgumentOutOfRangeException">The smoothing is outside [0, 1], or the axis is not the last.</exception>
    public BinaryCrossentropy(
        bool fromLogits = false, float labelSmoothing = 0, int axis = -1, Reduction reduction = Reduction.SumOverBatchSize, string name = "binary_crossentropy")
    {
        LossArgumentChecks.LabelSmoothing(labelSmoothing);
        LossArgumentChecks.Axis(axis);
        this.fromLogits = fromLogits;
        this.labelSmoothing = labelSmoothing;
        Reduction = reduction;
        Name = name;
    }

    /// <inheritdoc/>
    public override string Name { get; }

    internal override OutputActivation Fuses => OutputActivation.Sigmoid;

    internal override LossKernel CreateKernel<T>() => new BinaryCrossentropyKernel<T>(fromLogits, labelSmoothing);

    private protected override string MisfitHint(ReadOnlySpan<int> targetShape, ReadOnlySpan<int> outputShape) => outputShape is [.., 1]
        ? "The network answers one question with yes or no. For one of several classes end it in as many units and a softmax, and use CategoricalCrossentropy."
        : "Each question needs a target of 0 or 1. For targets that are class numbers use SparseCategoricalCrossentropy.";
}

/// <summary>The gradient is (p - t) / (p (1 - p)) / classes, or of logits (sigmoid(z) - t) / classes.</summary>
internal sealed class BinaryCrossentropyKernel<T>(bool fromLogits, float labelSmoothing) : LossKernel where T : struct, ILanes<T>
{
    public override void Run(scoped in LossArguments arguments, int first, int last)
    {
        if (fromLogits || arguments.FromLogits)
        {
            RunLogits(arguments, first, last, labelSmoothing);
        }
        else
        {
            RunProbabilities(arguments, first, last, labelSmoothing);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RunProbabilities(scoped in LossArguments arguments, int first, int last, float smoothing)
    {
        ref float outputs = ref arguments.Outputs;
        ref float targets = ref arguments.Targets;
        ref float weights = ref arguments.Weights;
        ref float gradient = ref arguments.Gradient;
        ref float values = ref arguments.Values;
        bool wantsGradient = !Unsafe.IsNullRef(ref gradient);
        int classes = arguments.Classes;
        T one = T.Splat(1);
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
                    T t = T.Fma(T.Load(ref targets, target + at), T.Splat(1 - smoothing), T.Splat(smoothing / 2));
                    T given = T.Load(ref outputs, output + at);
                    T p = Probability.Clip(given);
                    sum -= T.Fma(t, LaneMath.Log(p), (one - t) * LaneMath.Log(one - p));
                    if (wantsGradient)
                    {
                        Probability.ClipGradient(given, factor * (p - t) / (p * (one - p))).Store(ref gradient, output + at);
                    }
                }

                (sum / count * weight).Store(ref values, value);
            }
        }
    }

    /// <summary>max(z, 0) - z t + log(1 + exp(-|z|)), which no logit can overflow (TensorFlow's sigmoid_cross_entropy_with_logits).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RunLogits(scoped in LossArguments arguments, int first, int last, float smoothing)
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
                    T t = T.Fma(T.Load(ref targets, target + at), T.Splat(1 - smoothing), T.Splat(smoothing / 2));
                    T z = T.Load(ref outputs, output + at);
                    sum += T.Max(T.Zero, z) - (z * t) + LaneMath.Log1p(LaneMath.Exp(-T.Abs(z)));
                    if (wantsGradient)
                    {
                        (factor * (LaneMath.Sigmoid(z) - t)).Store(ref gradient, output + at);
                    }
                }

                (sum / count * weight).Store(ref values, value);
            }
        }
    }
}
