using System.Globalization;

namespace CompiledNets;

/// <summary>How often an output, cut to 0 or 1 by a threshold, equals its target. Targets have the shape of the outputs.</summary>
public sealed class BinaryAccuracy : AccuracyMetric
{
    private readonly float threshold;

    /// <summary>Makes the metric.</summary>
    /// <param name="name">The name under which it stands in logs and history.</param>
    /// <param name="threshold">In (0, 1): outputs above it count as 1; one that equals it counts as 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The threshold is not inside (0, 1).</exception>
    public BinaryAccuracy(string name = "binary_accuracy", float threshold = 0.5f)
        : base(name)
    {
        if (!(threshold is > 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(
                nameof(threshold),
                $"Invalid value for argument `threshold`. Expected a value in interval (0, 1). Received: threshold={threshold.ToString(CultureInfo.InvariantCulture)}");
        }

        this.threshold = threshold;
    }

    private protected override void Evaluate(LossShape shape, ReadOnlySpan<float> targets, ReadOnlySpan<float> outputs, Span<double> values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            int equal = 0;
            for (int at = i * shape.Classes; at < (i + 1) * shape.Classes; at++)
            {
                equal += (outputs[at] > threshold ? 1 : 0) == targets[at] ? 1 : 0;
            }

            values[i] = (double)equal / shape.Classes;
        }
    }
}
