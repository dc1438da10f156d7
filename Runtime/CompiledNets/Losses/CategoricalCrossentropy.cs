using System.Runtime.CompilerServices;
using CompiledNets.Execution;
using CompiledNets.Numerics;

namespace CompiledNets;

/// <summary>
/// Categorical crossentropy: -sum t log p over the last axis, for one of several classes. Targets are one-hot, or any distribution, and
/// have the shape of the outputs. Probabilities are divided by their sum first.
/// </summary>
public sealed class CategoricalCrossentropy : Loss
{
    private readonly bool fromLogits;
    private readonly float labelSmoothing;

    /// <summary>Makes the loss.</summary>
    /// <param name="fromLogits">
    /// The outputs are logits, not probabilities. A network that ends in a softmax is trained on its logits either way.
    /// </param>
    /// <param name="labelSmoothing">In [0, 1]: targets t become t (1 - s) + s / classes.</param>
    /// <param name="axis">The axis of the classes; only the last, -1.</param>
    /// <param name="reduction">How values become the loss of a batch.</param>
    /// <param name="name">Its name.</param>
    /// <exception cref="ArgumentOutOfRangeException">The smoothing is outside [0, 1], or the axis is not the last.</exception>
    public CategoricalCrossentropy(
        bool fromLogits = false, float labelSmoothing = 0, int axis = -1, Reduction reduction = Reduction.SumOverBatchSize,
            string name = "categorical_crossentropy")
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

    internal override string? Doubt(ReadOnlySpan<float> targets, int rowLength, int classes) =>
        classes == 1 ? $"the loss '{Name}' is 0 or says nothing. {ForYesOrNo}" : null;

    internal override OutputActivation Fuses => OutputActivation.Softmax;

    internal override LossKernel CreateKernel<T>() =>
        new CrossentropyKernel(new CategoricalCrossentropyKernel<T>(labelSmoothing),
            new CategoricalCrossentropyLogitsKernel<T>(labelSmoothing), fromLogits);

    private protected override string MisfitHint(ReadOnlySpan<int> targetShape, ReadOnlySpan<int> outputShape) =>
        targetShape.Length < outputShape.Length || targetShape is [.., 1]
            ? "For targets that are class numbers use SparseCategoricalCrossentropy, or make them one-hot."
            : "Each class of the output needs a target of its own: is the number of units of the last layer the number of classes?";
}

/// <summary>Of probabilities: with q = p / sum(p), the gradient is (g - sum(g q)) / sum(p) for g = -t / q.</summary>
internal sealed class CategoricalCrossentropyKernel<T>(float smoothing) : PositionLossKernel<T> where T : struct, ILanes<T>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override T Work(scoped in LossPosition at, T weight)
    {
        T keep = T.Splat(1 - smoothing), shift = T.Splat(smoothing / at.Classes), total = T.Zero;
        int end = at.Classes * T.Count;
        for (int c = 0; c < end; c += T.Count) total += T.Load(ref at.Outputs, c);

        T sum = T.Zero, passed = T.Zero;
        for (int c = 0; c < end; c += T.Count)
        {
            T t = T.Fma(T.Load(ref at.Targets, c), keep, shift);
            T share = T.Load(ref at.Outputs, c) / total, p = Probability.Clip(share);
            sum -= t * LaneMath.Log(p);
            if (!at.WantsGradient) continue;
            T slope = Probability.ClipGradient(share, -t / p);
            passed = T.Fma(slope, share, passed);
            slope.Store(ref at.Gradient, c);
        }

        if (at.WantsGradient)
        {
            T factor = T.Splat(at.Scale) * weight / total;
            for (int c = 0; c < end; c += T.Count) (factor * (T.Load(ref at.Gradient, c) - passed)).Store(ref at.Gradient, c);
        }

        return sum * weight;
    }
}

/// <summary>Of logits: sum t (log sum exp(z - m) - (z - m)) with m the largest logit. The gradient is softmax(z) sum(t) - t.</summary>
internal sealed class CategoricalCrossentropyLogitsKernel<T>(float smoothing) : PositionLossKernel<T> where T : struct, ILanes<T>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override T Work(scoped in LossPosition at, T weight)
    {
        T keep = T.Splat(1 - smoothing), shift = T.Splat(smoothing / at.Classes), largest = T.Load(ref at.Outputs, 0);
        int end = at.Classes * T.Count;
        for (int c = T.Count; c < end; c += T.Count) largest = T.Max(largest, T.Load(ref at.Outputs, c));

        T total = T.Zero, targetSum = T.Zero, reached = T.Zero;
        for (int c = 0; c < end; c += T.Count)
        {
            T t = T.Fma(T.Load(ref at.Targets, c), keep, shift);
            T z = T.Load(ref at.Outputs, c) - largest, power = LaneMath.Exp(z);
            total += power;
            targetSum += t;
            reached = T.Fma(t, z, reached);
            if (at.WantsGradient) power.Store(ref at.Gradient, c);
        }

        if (at.WantsGradient)
        {
            T factor = T.Splat(at.Scale) * weight, norm = targetSum / total;
            for (int c = 0; c < end; c += T.Count)
            {
                T t = T.Fma(T.Load(ref at.Targets, c), keep, shift);
                (factor * ((T.Load(ref at.Gradient, c) * norm) - t)).Store(ref at.Gradient, c);
            }
        }

        return ((targetSum * LaneMath.Log(total)) - reached) * weight;
    }
}
