namespace CompiledNets.Metrics;

/// <summary>The mean of the binary crossentropy of outputs and targets of 0 or 1. Its namesake in <see cref="CompiledNets"/> is the loss.</summary>
public sealed class BinaryCrossentropy : LossMetric
{
    /// <summary>Makes the metric.</summary>
    /// <param name="name">The name under which it stands in logs and history.</param>
    /// <param name="fromLogits">The outputs are logits, not probabilities.</param>
    /// <param name="labelSmoothing">In [0, 1]: how far targets are moved to indifference.</param>
    public BinaryCrossentropy(string name = "binary_crossentropy", bool fromLogits = false, float labelSmoothing = 0)
        : base(new CompiledNets.BinaryCrossentropy(fromLogits, labelSmoothing), name)
    {
    }
}
