namespace CompiledNets;

/// <summary>
/// How often the largest output is that of the largest target, for one-hot targets. Of equal numbers the first counts; logits do as well as
/// probabilities.
/// </summary>
public sealed class CategoricalAccuracy : MeanMetric
{
    /// <summary>Makes the metric.</summary>
    /// <param name="name">The name under which it stands in logs and history.</param>
    public CategoricalAccuracy(string name = "categorical_accuracy")
        : base(name)
    {
    }

    /// <inheritdoc/>
    public override MetricDirection Direction => MetricDirection.Up;

    /// <summary>1 where one position's answer is right, else 0.</summary>
    internal static double Of(ReadOnlySpan<float> target, ReadOnlySpan<float> output) =>
        Argument.OfLargest(output) == Argument.OfLargest(target) ? 1 : 0;

    /// <inheritdoc/>
    protected override double Evaluate(ReadOnlySpan<float> target, ReadOnlySpan<float> output) => Of(target, output);
}
