namespace CompiledNets;

/// <summary>
/// How often the largest output is that of the target's class number. Targets have the shape of the outputs without the last axis, or with
/// a last axis of 1. Of equal outputs the first counts; logits do as well as probabilities.
/// </summary>
public sealed class SparseCategoricalAccuracy : MeanMetric
{
    /// <summary>Makes the metric.</summary>
    /// <param name="name">The name under which it stands in logs and history.</param>
    public SparseCategoricalAccuracy(string name = "sparse_categorical_accuracy")
        : base(name)
    {
    }

    /// <inheritdoc/>
    public override MetricDirection Direction => MetricDirection.Up;

    /// <inheritdoc/>
    protected override bool TakesClassNumbers => true;

    /// <summary>1 where one position's answer is right, else 0.</summary>
    internal static double Of(ReadOnlySpan<float> target, ReadOnlySpan<float> output) => Argument.OfLargest(output) == target[0] ? 1 : 0;

    /// <inheritdoc/>
    protected override double Evaluate(ReadOnlySpan<float> target, ReadOnlySpan<float> output) => Of(target, output);
}
