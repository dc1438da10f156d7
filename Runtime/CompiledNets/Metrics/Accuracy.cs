namespace CompiledNets;

/// <summary>How often outputs equal targets exactly. The string <c>accuracy</c> does not mean this metric, but the one that fits the shapes.</summary>
public sealed class Accuracy : AccuracyMetric
{
    /// <summary>Makes the metric.</summary>
    /// <param name="name">The name under which it stands in logs and history.</param>
    public Accuracy(string name = "accuracy")
        : base(name)
    {
    }

    private protected override void Evaluate(LossShape shape, ReadOnlySpan<float> targets, ReadOnlySpan<float> outputs, Span<double> values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            int equal = 0;
            for (int at = i * shape.Classes; at < (i + 1) * shape.Classes; at++)
            {
                equal += outputs[at] == targets[at] ? 1 : 0;
            }

            values[i] = (double)equal / shape.Classes;
        }
    }
}
