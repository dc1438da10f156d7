namespace CompiledNets;

/// <summary>A metric: a figure that is gathered over batches.</summary>
public abstract class Metric
{
    /// <summary>The name under which it stands in logs and history.</summary>
    public abstract string Name { get; }

    /// <summary>Forgets what was gathered.</summary>
    public abstract void Reset();

    /// <summary>Takes in a batch.</summary>
    /// <param name="targets">Targets, row behind row.</param>
    /// <param name="targetShape">Their shape, batch first.</param>
    /// <param name="outputs">Outputs, row behind row.</param>
    /// <param name="outputShape">Their shape, batch first.</param>
    /// <param name="weights">A weight a sample; empty for none.</param>
    public abstract void Update(ReadOnlySpan<float> targets, ReadOnlySpan<int> targetShape, ReadOnlySpan<float> outputs, ReadOnlySpan<int> outputShape, ReadOnlySpan<float> weights);

    /// <summary>The figure so far; 0 when nothing was taken in.</summary>
    public abstract double Result { get; }

    /// <summary>Checks that the metric fits targets and outputs of these shapes (of one sample), and throws with both shapes if not.</summary>
    internal abstract void CheckShapes(ReadOnlySpan<int> targetShape, ReadOnlySpan<int> outputShape);
}
