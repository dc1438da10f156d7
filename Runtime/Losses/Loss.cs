using CompiledNets.Execution;
using CompiledNets.Numerics;

namespace CompiledNets;

/// <summary>How the values of a loss become the loss of a batch (Keras's <c>reduction</c>).</summary>
public enum Reduction
{
    /// <summary>Their sum divided by their number. Weights do not change the divisor.</summary>
    SumOverBatchSize,

    /// <summary>Their sum.</summary>
    Sum,

    /// <summary>Their sum divided by the sum of the weights.</summary>
    MeanWithSampleWeight,

    /// <summary>They stay as they are, one for each position.</summary>
    None,
}

/// <summary>A loss: what training makes small.</summary>
public abstract class Loss
{
    /// <summary>The name, as Keras gives it.</summary>
    public abstract string Name { get; }

    /// <summary>How values become the loss of a batch.</summary>
    public Reduction Reduction { get; init; } = Reduction.SumOverBatchSize;

    /// <summary>The activation whose logits the loss can work on, so that it stays exact where a probability rounds to 0 or 1.</summary>
    internal virtual OutputActivation Fuses => OutputActivation.Other;

    /// <summary>The kernel for one lane width.</summary>
    internal abstract LossKernel CreateKernel<T>() where T : struct, ILanes<T>;

    /// <summary>Checks that targets of this shape (of one sample, without the batch) fit an output, and throws with both shapes if they do not.</summary>
    internal abstract void CheckTargets(ReadOnlySpan<int> targetShape, ReadOnlySpan<int> outputShape);
}
