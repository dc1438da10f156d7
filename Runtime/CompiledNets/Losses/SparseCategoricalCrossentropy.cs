using System.Runtime.CompilerServices;
using CompiledNets.Execution;
using CompiledNets.Numerics;

namespace CompiledNets;

/// <summary>
/// Categorical crossentropy for targets that are class numbers, counted from 0: -log of the class's probability. Targets have the shape of
/// the outputs without the last axis, or with a last axis of 1. Probabilities are cut to [1e-7, 1 - 1e-7] and then divided by their sum, as
/// Keras does on TensorFlow.
/// </summary>
public sealed class SparseCategoricalCrossentropy : Loss
{
    private readonly bool fromLogits;
    private readonly int? ignoreClass;

    /// <summary>Makes the loss.</summary>
    /// <param name="fromLogits">
    /// The outputs are logits, not probabilities. A network that ends in a softmax is trained on its logits either way.
    /// </param>
    /// <param name="ignoreClass">
    /// A class number, in or out of range, whose positions do not count: value and gradient 0, and means are over the others.
    /// </param>
    /// <param name="reduction">How values become the loss of a batch.</param>
    /// <param name="axis">The axis of the classes; only the last, -1.</param>
    /// <param name="name">Its name.</param>
    /// <exception cref="ArgumentOutOfRangeException">The axis is not the last.</exception>
    public SparseCategoricalCrossentropy(
        bool fromLogits = false, int? ignoreClass = null, Reduction reduction = Reduction.SumOverBatchSize, int axis = -1,
            string name = "sparse_categorical_crossentropy")
        : base(name, reduction)
    {
        LossArgumentChecks.Axis(axis);
        this.fromLogits = fromLogits;
        this.ignoreClass = ignoreClass;
    }

    /// <inheritdoc/>
    protected override bool TakesClassNumbers => true;

    /// <summary>Whether outputs are logits.</summary>
    public bool FromLogits => fromLogits;

    /// <summary>The class that counts for nothing; null for none.</summary>
    public int? IgnoreClass => ignoreClass;

    internal override string? Doubt(ReadOnlySpan<float> targets, int rowLength, int classes) =>
        classes == 1 ? $"the loss '{Name}' is 0 or says nothing. {ForYesOrNo}" : null;

    internal override OutputActivation Fuses => OutputActivation.Softmax;

    internal override float? IgnoredTarget => ignoreClass;

    internal override LossKernel CreateKernel<T>() =>
        new CrossentropyKernel(new SparseCategoricalCrossentropyKernel<T>(ignoreClass ?? float.NaN),
            new SparseCategoricalCrossentropyLogitsKernel<T>(ignoreClass ?? float.NaN), fromLogits);
}

/// <summary>
/// Of probabilities: for the class y of a position, the gradient of class c is 1 / sum(p) - [c = y] / p[y]; at y it is written without the
/// difference of two nearly equal numbers.
/// </summary>
/// <param name="ignored">The class that does not count; NaN, which equals nothing, for none.</param>
internal sealed class SparseCategoricalCrossentropyKernel<T>(float ignored) : PositionLossKernel<T> where T : struct, ILanes<T>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override T Work(scoped in LossPosition at, T weight)
    {
        T label = T.Load(ref at.Targets, 0), counted = T.SelectEqual(label, T.Splat(ignored), T.Zero, weight);
        T chosen = T.Splat(1), others = T.Zero;
        for (int c = 0; c < at.Classes; c++)
        {
            T p = Probability.Clip(T.Load(ref at.Outputs, c * T.Count));
            chosen = T.SelectEqual(label, T.Splat(c), p, chosen);
            others += T.SelectEqual(label, T.Splat(c), T.Zero, p);
        }

        T odds = others / chosen;
        if (at.WantsGradient)
        {
            T factor = T.Splat(at.Scale) * counted / (chosen + others);
            for (int c = 0; c < at.Classes; c++)
            {
                T slope = T.SelectEqual(label, T.Splat(c), -factor * odds, factor);
                Probability.ClipGradient(T.Load(ref at.Outputs, c * T.Count), slope).Store(ref at.Gradient, c * T.Count);
            }
        }

        return T.SelectEqual(label, T.Splat(ignored), T.Zero, LaneMath.Log1p(odds) * counted);
    }
}

/// <summary>
/// Of logits: log sum exp(z - m) - (z[y] - m) with m the largest logit. The gradient is softmax(z) - [c = y], at y without the difference
/// of two nearly equal numbers.
/// </summary>
/// <param name="ignored">The class that does not count; NaN, which equals nothing, for none.</param>
internal sealed class SparseCategoricalCrossentropyLogitsKernel<T>(float ignored) : PositionLossKernel<T> where T : struct, ILanes<T>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override T Work(scoped in LossPosition at, T weight)
    {
        T label = T.Load(ref at.Targets, 0), counted = T.SelectEqual(label, T.Splat(ignored), T.Zero, weight);
        T largest = T.Load(ref at.Outputs, 0);
        for (int c = 1; c < at.Classes; c++) largest = T.Max(largest, T.Load(ref at.Outputs, c * T.Count));

        T reached = T.Zero, chosen = T.Splat(1), others = T.Zero;
        for (int c = 0; c < at.Classes; c++)
        {
            T z = T.Load(ref at.Outputs, c * T.Count) - largest, power = LaneMath.Exp(z);
            reached = T.SelectEqual(label, T.Splat(c), z, reached);
            chosen = T.SelectEqual(label, T.Splat(c), power, chosen);
            others += T.SelectEqual(label, T.Splat(c), T.Zero, power);
            if (at.WantsGradient) power.Store(ref at.Gradient, c * T.Count);
        }

        if (at.WantsGradient)
        {
            T factor = T.Splat(at.Scale) * counted / (chosen + others);
            for (int c = 0; c < at.Classes; c++)
                (factor * T.SelectEqual(label, T.Splat(c), -others, T.Load(ref at.Gradient, c * T.Count)))
                    .Store(ref at.Gradient, c * T.Count);
        }

        // The largest power is exactly 1, so the sum without it is small where the network is sure and right, and log1p keeps it.
        T loss = LaneMath.Log1p(others + (chosen - T.Splat(1))) - reached;
        return T.SelectEqual(label, T.Splat(ignored), T.Zero, loss * counted);
    }
}
