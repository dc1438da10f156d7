using System.Globalization;
using System.Runtime.CompilerServices;
using CompiledNets.Execution;
using CompiledNets.Numerics;

namespace CompiledNets;

/// <summary>
/// Binary crossentropy: the mean over the last axis of -(t log p + (1 - t) log(1 - p)), for one or more questions of yes (1) or no (0).
/// Targets have the shape of the outputs.
/// </summary>
public sealed class BinaryCrossentropy : Loss
{
    private readonly bool fromLogits;
    private readonly float labelSmoothing;

    /// <summary>Makes the loss.</summary>
    /// <param name="fromLogits">
    /// The outputs are logits, not probabilities. A network that ends in a sigmoid is trained on its logits either way.
    /// </param>
    /// <param name="labelSmoothing">In [0, 1]: targets t become t (1 - s) + s / 2.</param>
    /// <param name="axis">The axis of the mean; only the last, -1.</param>
    /// <param name="reduction">How values become the loss of a batch.</param>
    /// <param name="name">Its name.</param>
    /// <exception cref="ArgumentOutOfRangeException">The smoothing is outside [0, 1], or the axis is not the last.</exception>
    public BinaryCrossentropy(
        bool fromLogits = false, float labelSmoothing = 0, int axis = -1, Reduction reduction = Reduction.SumOverBatchSize,
            string name = "binary_crossentropy")
        : base(name, reduction)
    {
        LossArgumentChecks.LabelSmoothing(labelSmoothing);
        LossArgumentChecks.Axis(axis);
        this.fromLogits = fromLogits;
        this.labelSmoothing = labelSmoothing;
    }

    /// <summary>Whether outputs are logits.</summary>
    public bool FromLogits => fromLogits;

    /// <summary>How far targets are moved towards each other.</summary>
    public float LabelSmoothing => labelSmoothing;

    internal override string? Doubt(ReadOnlySpan<float> targets, int rowLength, int classes)
    {
        int at = targets.IndexOfAnyExceptInRange(0, 1);
        return at < 0 ? null : string.Create(CultureInfo.InvariantCulture,
            $"the loss '{Name}' takes targets from 0 to 1, but target {targets[at]} stands in row {at / rowLength}. For numbers use " +
                $"MeanSquaredError, for class numbers SparseCategoricalCrossentropy.");
    }

    internal override OutputActivation Fuses => OutputActivation.Sigmoid;

    internal override LossKernel CreateKernel<T>() =>
        new CrossentropyKernel(new BinaryCrossentropyKernel<T>(labelSmoothing), new BinaryCrossentropyLogitsKernel<T>(labelSmoothing),
            fromLogits);

    private protected override string MisfitHint(ReadOnlySpan<int> targetShape, ReadOnlySpan<int> outputShape) => outputShape is [.., 1]
        ? "The network answers one question with yes or no. For one of several classes end it in as many units and a softmax, and use " +
            "CategoricalCrossentropy."
        : "Each question needs a target of 0 or 1. For targets that are class numbers use SparseCategoricalCrossentropy.";
}

/// <summary>Of probabilities: the gradient is (p - t) / (p (1 - p)) / classes.</summary>
internal sealed class BinaryCrossentropyKernel<T>(float smoothing) : PositionLossKernel<T> where T : struct, ILanes<T>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override T Work(scoped in LossPosition at, T weight)
    {
        T one = T.Splat(1), factor = T.Splat(at.Scale / at.Classes) * weight, sum = T.Zero;
        for (int c = 0; c < at.Classes * T.Count; c += T.Count)
        {
            T t = T.Fma(T.Load(ref at.Targets, c), T.Splat(1 - smoothing), T.Splat(smoothing / 2));
            T given = T.Load(ref at.Outputs, c), p = Probability.Clip(given);
            sum -= T.Fma(t, LaneMath.Log(p), (one - t) * LaneMath.Log(one - p));
            if (at.WantsGradient) Probability.ClipGradient(given, factor * (p - t) / (p * (one - p))).Store(ref at.Gradient, c);
        }

        return sum / T.Splat(at.Classes) * weight;
    }
}

/// <summary>
/// Of logits: max(z, 0) - z t + log(1 + exp(-|z|)), which no logit can overflow (TensorFlow's sigmoid_cross_entropy_with_logits). The
/// gradient is (sigmoid(z) - t) / classes.
/// </summary>
internal sealed class BinaryCrossentropyLogitsKernel<T>(float smoothing) : PositionLossKernel<T> where T : struct, ILanes<T>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override T Work(scoped in LossPosition at, T weight)
    {
        T factor = T.Splat(at.Scale / at.Classes) * weight, sum = T.Zero;
        for (int c = 0; c < at.Classes * T.Count; c += T.Count)
        {
            T t = T.Fma(T.Load(ref at.Targets, c), T.Splat(1 - smoothing), T.Splat(smoothing / 2));
            T z = T.Load(ref at.Outputs, c), power = LaneMath.ExpBelow(-T.Abs(z));
            sum += T.Max(T.Zero, z) - (z * t) + LaneMath.Log1pUpToOne(power);
            if (at.WantsGradient) (factor * (LaneMath.Sigmoid(z, power) - t)).Store(ref at.Gradient, c);
        }

        return sum / T.Splat(at.Classes) * weight;
    }
}
