using System.Numerics.Tensors;
using CompiledNets.Execution;

namespace CompiledNets;

/// <summary>A metric: a figure that is gathered over batches.</summary>
public abstract partial class Metric
{
    /// <summary>The name under which it stands in logs and history.</summary>
    public abstract string Name { get; }

    /// <summary>The figure so far; 0 when nothing was taken in.</summary>
    public abstract double Result { get; }

    /// <summary>Which way it gets better.</summary>
    internal virtual MetricDirection Direction => MetricDirection.None;

    /// <summary>The activation whose logits the metric can work on, as its loss does. Where a network ends in it, <see cref="UpdateFromLogits"/> is called.</summary>
    internal virtual OutputActivation Fuses => OutputActivation.Other;

    /// <summary>Forgets what was gathered.</summary>
    public abstract void Reset();

    /// <summary>Takes in a batch.</summary>
    /// <param name="targets">Targets, row behind row.</param>
    /// <param name="targetShape">Their shape, batch first.</param>
    /// <param name="outputs">Outputs, row behind row.</param>
    /// <param name="outputShape">Their shape, batch first.</param>
    /// <param name="weights">A weight a sample, or one for each position of each sample; empty for none.</param>
    /// <exception cref="ArgumentException">Shapes do not fit.</exception>
    public abstract void Update(ReadOnlySpan<float> targets, ReadOnlySpan<int> targetShape, ReadOnlySpan<float> outputs, ReadOnlySpan<int> outputShape, ReadOnlySpan<float> weights);

    /// <summary>Takes in a batch.</summary>
    /// <param name="yTrue">Targets, samples first.</param>
    /// <param name="yPred">Outputs, samples first.</param>
    /// <param name="sampleWeight">A weight a sample, or one for each position of each sample; null for none.</param>
    /// <exception cref="ArgumentException">Shapes do not fit.</exception>
    public void Update(Tensor<float> yTrue, Tensor<float> yPred, Tensor<float>? sampleWeight = null)
    {
        ArgumentNullException.ThrowIfNull(yTrue);
        ArgumentNullException.ThrowIfNull(yPred);
        int[] targetShape = TensorRows.Shape(yTrue);
        int[] outputShape = TensorRows.Shape(yPred);
        float[] weights = sampleWeight is null ? [] : SpreadWeights(sampleWeight, outputShape);
        Update(TensorRows.Numbers(yTrue), targetShape, TensorRows.Numbers(yPred), outputShape, weights);
    }

    /// <summary>Takes in a batch whose outputs are logits of <see cref="Fuses"/>.</summary>
    internal virtual void UpdateFromLogits(
        ReadOnlySpan<float> targets, ReadOnlySpan<int> targetShape, ReadOnlySpan<float> logits, ReadOnlySpan<int> outputShape, ReadOnlySpan<float> weights) =>
        throw new NotSupportedException($"The metric '{Name}' does not work on logits.");

    /// <summary>Checks that the metric fits targets and outputs of these shapes (of one sample), and throws with both shapes if not.</summary>
    internal abstract void CheckShapes(ReadOnlySpan<int> targetShape, ReadOnlySpan<int> outputShape);

    /// <summary>A weight a sample where the weights have one axis, else one for each position.</summary>
    private static float[] SpreadWeights(Tensor<float> sampleWeight, int[] outputShape)
    {
        int axes = sampleWeight.Rank <= 1 ? 1 : Math.Max(1, outputShape.Length - 1);
        return SampleWeights.Spread(TensorRows.Numbers(sampleWeight), TensorRows.Shape(sampleWeight), outputShape.AsSpan(0, Math.Min(axes, outputShape.Length)));
    }
}
