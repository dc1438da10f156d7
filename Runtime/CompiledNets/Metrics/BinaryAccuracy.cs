using System.Globalization;

namespace CompiledNets;

/// <summary>How often an output, cut to 0 or 1 by a threshold, equals its target. Targets have the shape of the outputs.</summary>
public sealed class BinaryAccuracy : MeanMetric
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
                $"Invalid value for argument `threshold`. Expected a value in interval (0, 1). Received: " +
                    $"threshold={threshold.ToString(CultureInfo.InvariantCulture)}");
        }

        this.threshold = threshold;
    }

    /// <inheritdoc/>
    public override MetricDirection Direction => MetricDirection.Up;

    /// <summary>The share of one position's answers that are right.</summary>
    internal static double Of(ReadOnlySpan<float> target, ReadOnlySpan<float> output, float threshold)
    {
        int right = 0;
        for (int i = 0; i < output.Length; i++) right += (output[i] > threshold ? 1 : 0) == target[i] ? 1 : 0;
        return (double)right / output.Length;
    }

    /// <inheritdoc/>
    protected override double Evaluate(ReadOnlySpan<float> target, ReadOnlySpan<float> output) => Of(target, output, threshold);
}
