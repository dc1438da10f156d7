namespace CompiledNets.Metrics;

/// <summary>The mean of the crossentropy of outputs and one-hot targets. Its namesake in <see cref="CompiledNets"/> is the loss.</summary>
public sealed class CategoricalCrossentropy : LossMetric
{
    /// <summary>Makes the metric.</summary>
    /// <param name="name">The name under which it stands in logs and history.</param>
    /// <param name="fromLogits">The outputs are logits, not probabilities.</param>
    /// <param name="labelSmoothing">In [0, 1]: how far targets are moved to indifference.</param>
    /// <param name="axis">The axis of the classes; only the last, -1.</param>
    public CategoricalCrossentropy(string name = "categorical_crossentropy", bool fromLogits = false, float labelSmoothing = 0, int axis = -1)
        : base(new CompiledNets.CategoricalCrossentropy(fromLogits, labelSmoothing, axis), name)
    {
    }
}
