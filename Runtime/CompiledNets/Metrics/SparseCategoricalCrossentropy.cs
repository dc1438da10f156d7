namespace CompiledNets.Metrics;

/// <summary>The mean of the crossentropy of outputs and class numbers. Its namesake in <see cref="CompiledNets"/> is the loss.</summary>
public sealed class SparseCategoricalCrossentropy : LossMetric
{
    /// <summary>Makes the metric.</summary>
    /// <param name="name">The name under which it stands in logs and history.</param>
    /// <param name="fromLogits">The outputs are logits, not probabilities.</param>
    /// <param name="axis">The axis of the classes; only the last, -1.</param>
    public SparseCategoricalCrossentropy(string name = "sparse_categorical_crossentropy", bool fromLogits = false, int axis = -1)
        : base(new CompiledNets.SparseCategoricalCrossentropy(fromLogits, axis: axis), name)
    {
    }
}
