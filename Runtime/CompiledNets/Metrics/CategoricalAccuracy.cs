namespace CompiledNets;

/// <summary>How often the largest output is that of the largest target, for one-hot targets. Of equal numbers the first counts; logits do as well as probabilities.</summary>
public sealed class CategoricalAccuracy : AccuracyMetric
{
    /// <summary>Makes the metric.</summary>
    /// <param name="name">The name under which it stands in logs and history.</param>
    public CategoricalAccuracy(string name = "categorical_accuracy")
        : base(name)
    {
    }

    private protected override void Evaluate(LossShape shape, ReadOnlySpan<float> targets, ReadOnlySpan<float> outputs, Span<double> values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            int at = i * shape.Classes;
            values[i] = Argument.OfLargest(outputs.Slice(at, shape.Classes)) == Argument.OfLargest(targets.Slice(at, shape.Classes)) ? 1 : 0;
        }
    }
}
