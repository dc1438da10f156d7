using System.Numerics.Tensors;
using CompiledNets.Execution;

namespace CompiledNets;

/// <summary>
/// A metric: a figure that is gathered over batches. Where one is wanted, a name (<c>"accuracy"</c>) and a <see cref="Loss"/> will do. One
/// of your own derives from <see cref="MeanMetric"/> where it is a mean over samples, else from this class.
/// </summary>
public abstract partial class Metric
{
    /// <summary>Makes the metric.</summary>
    /// <param name="name">The name under which it stands in logs and history.</param>
    protected Metric(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        Name = name;
    }

    /// <summary>The name under which it stands in logs and history.</summary>
    public string Name { get; }

    /// <summary>The figure so far; 0 when nothing was taken in.</summary>
    public abstract double Result { get; }

    /// <summary>Which way it gets better. Default: not known, so that <see cref="EarlyStopping"/> must be told.</summary>
    public virtual MetricDirection Direction => MetricDirection.None;

    /// <summary>
    /// The activation whose logits the metric can work on, as its loss does. Where a network ends in it, <see cref="UpdateFromLogits"/> is
    /// called.
    /// </summary>
    internal virtual OutputActivation Fuses => OutputActivation.Other;

    /// <summary>Whether it leaves out steps that a mask says are not there; Keras's means of values do.</summary>
    internal virtual bool LeavesMaskedOut => false;

    /// <summary>Forgets what was gathered.</summary>
    public abstract void Reset();

    /// <summary>Takes in a batch.</summary>
    /// <param name="targets">Targets, row after row.</param>
    /// <param name="targetShape">Their shape, batch first.</param>
    /// <param name="outputs">Outputs, row after row.</param>
    /// <param name="outputShape">Their shape, batch first.</param>
    /// <param name="weights">A weight a sample, or one for each position of each sample; empty for none.</param>
    /// <exception cref="ArgumentException">Shapes do not fit.</exception>
    public abstract void Update(ReadOnlySpan<float> targets, ReadOnlySpan<int> targetShape, ReadOnlySpan<float> outputs,
        ReadOnlySpan<int> outputShape, ReadOnlySpan<float> weights);

    /// <summary>Takes in a batch.</summary>
    /// <param name="yTrue">Targets: (samples) or (samples, ...).</param>
    /// <param name="yPred">Outputs: (samples, ...).</param>
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
        ReadOnlySpan<float> targets, ReadOnlySpan<int> targetShape, ReadOnlySpan<float> logits, ReadOnlySpan<int> outputShape,
            ReadOnlySpan<float> weights) =>
        throw new NotSupportedException($"The metric '{Name}' does not work on logits.");

    /// <summary>
    /// Called before a network is trained or evaluated, once the shapes of its targets and outputs are known. Throws where the metric is
    /// not for them.
    /// </summary>
    /// <param name="targetShape">Shape of the target of one sample, without the batch.</param>
    /// <param name="outputShape">Shape of the output of one sample, without the batch.</param>
    /// <exception cref="ArgumentException">The metric is not for such shapes.</exception>
    protected internal virtual void Prepare(ReadOnlySpan<int> targetShape, ReadOnlySpan<int> outputShape)
    {
    }

    /// <summary>A weight a sample where the weights have one axis, else one for each position.</summary>
    private static float[] SpreadWeights(Tensor<float> sampleWeight, int[] outputShape)
    {
        int axes = sampleWeight.Rank <= 1 ? 1 : Math.Max(1, outputShape.Length - 1);
        return SampleWeights.Spread(TensorRows.Numbers(sampleWeight), TensorRows.Shape(sampleWeight),
            outputShape.AsSpan(0, Math.Min(axes, outputShape.Length)));
    }
}
