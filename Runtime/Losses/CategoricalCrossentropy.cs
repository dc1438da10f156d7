using System.Runtime.CompilerServices;
using CompiledNets.Execution;
using CompiledNets.Numerics;

namespace CompiledNets;

/// <summary>
/// Categorical crossentropy: -sum t log p over the last axis, for one of several classes. Targets are one-hot, or any distribution, and have the shape of the outputs.
/// Probabilities are divided by their sum first.
/// </summary>
public sealed class CategoricalCrossentropy : Loss
{
    private readonly bool fromLogits;
    private readonly float labelSmoothing;

    /// <summary>Makes the loss.</summary>
    /// <param name="fromLogits">The outputs are logits, not probabilities. A network that ends in a softmax is trained on its logits either way.</param>
    /// <param name="labelSmoothing">In [0, 1]: targets t become t (1 - s) + s / classes.</param>
    /// <param name="axis">The axis of the classes; only the last, -1.</param>
    /// <param name="reduction">How values become the loss of a batch.</param>
    /// <param name="name">Its name.</param>
    /// <exception cref="ArgumentOutOfRangeException">The smoothing is outside [0, 1], or the axis is not the last.</exception>
    public CategoricalCrossentropy(
        bool fromLogits = false, float labelSmoothing = 0, int axis = -1, Reduction reduction = Reduction.SumOverBatchSize, string name = "categorical_crossentropy")
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

    internal override OutputActivation Fuses => OutputActivation.Softmax;

    internal override LossKernel CreateKernel<T>() => new CategoricalCrossentropyKernel<T>(fromLogits, labelSmoothing);

    private protected override string MisfitHint(ReadOnlySpan<int> targetShape, ReadOnlySpan<int> outputShape) =>
        targetShape.Length < outputShape.Length || targetShape is [.., 1]
            ? "For targets that are class numbers use SparseCategoricalCrossentropy, or make them one-hot."
            : "Each class of the output needs a target of its own: is the number of units of the last layer the number of classes?";
}

/// <summary>
/// With q = p / sum(p), the gradient is (g - sum(g q)) / sum(p) for g = -t / q; of logits it is softmax(z) sum(t) - t.
/// </summary>
internal sealed class CategoricalCrossentropyKernel<T>(bool fromLogits, float labelSmoothing) : LossKernel where T : struct, ILanes<T>
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
        T keep = T.Splat(1 - smoothing);
        T shift = T.Splat(smoothing / classes);

        for (int block = first; block < last; block++)
        {
            for (int position = 0; position < arguments.Positions; position++)
            {
                int output = ((block * arguments.OutputStride) + (position * classes)) * T.Count;
                int target = ((block * arguments.TargetStride) + (position * classes)) * T.Count;
                int value = ((block * arguments.WeightStride) + position) * T.Count;
                T weight = T.Load(ref weights, value);

                T total = T.Zero;
                for (int at = 0; at < classes * T.Count; at += T.Count)
                {
                    total += T.Load(ref outputs, output + at);
                }

                T sum = T.Zero;
                T passed = T.Zero;
                for (int at = 0; at < classes * T.Count; at += T.Count)
                {
                    T t = T.Fma(T.Load(ref targets, target + at), keep, shift);
                    T share = T.Load(ref outputs, output + at) / total;
                    T p = Probability.Clip(share);
                    sum -= t * LaneMath.Log(p);
                    if (wantsGradient)
                    {
                        T slope = Probability.ClipGradient(share, -t / p);
                        passed = T.Fma(slope, share, passed);
                        slope.Store(ref gradient, output + at);
                    }
                }

                (sum * weight).Store(ref values, value);
                if (wantsGradient)
                {
                    T factor = T.Splat(arguments.Scale) * weight / total;
                    for (int at = 0; at < classes * T.Count; at += T.Count)
                    {
                        (factor * (T.Load(ref gradient, output + at) - passed)).Store(ref gradient, output + at);
                    }
                }
            }
        }
    }

    /// <summary>sum t (log sum exp(z - m) - (z - m)) with m the largest logit.</summary>
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
        T keep = T.Splat(1 - smoothing);
        T shift = T.Splat(smoothing / classes);

        for (int block = first; block < last; block++)
        {
            for (int position = 0; position < arguments.Positions; position++)
            {
                int output = ((block * arguments.OutputStride) + (position * classes)) * T.Count;
                int target = ((block * arguments.TargetStride) + (position * classes)) * T.Count;
                int value = ((block * arguments.WeightStride) + position) * T.Count;
                T weight = T.Load(ref weights, value);

                T largest = T.Load(ref outputs, output);
                for (int at = T.Count; at < classes * T.Count; at += T.Count)
                {
                    largest = T.Max(largest, T.Load(ref outputs, output + at));
                }

                T total = T.Zero;
                T targetSum = T.Zero;
                T reached = T.Zero;
                for (int at = 0; at < classes * T.Count; at += T.Count)
                {
                    T t = T.Fma(T.Load(ref targets, target + at), keep, shift);
                    T z = T.Load(ref outputs, output + at) - largest;
                    T power = LaneMath.Exp(z);
                    total += power;
                    targetSum += t;
                    reached = T.Fma(t, z, reached);
                    if (wantsGradient)
                    {
                        power.Store(ref gradient, output + at);
                    }
                }

                (((targetSum * LaneMath.Log(total)) - reached) * weight).Store(ref values, value);
                if (wantsGradient)
                {
                    T factor = T.Splat(arguments.Scale) * weight;
                    T norm = targetSum / total;
                    for (int at = 0; at < classes * T.Count; at += T.Count)
                    {
                        T t = T.Fma(T.Load(ref targets, target + at), keep, shift);
                        (factor * ((T.Load(ref gradient, output + at) * norm) - t)).Store(ref gradient, output + at);
                    }
                }
            }
        }
    }
}
