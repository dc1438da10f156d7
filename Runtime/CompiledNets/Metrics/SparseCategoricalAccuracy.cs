namespace CompiledNets;

/// <summary>
/// How often the largest output is that of the target's class number. Targets have the shape of the outputs without the last axis, or with a last axis of 1. Of equal
/// outputs the first counts; logits do as well as probabilities.
/// </summary>
public sealed class SparseCategoricalAccuracy : MeanMetric
{
    /// <summary>Makes the metric.</summary>
    /// <param name="name">The name under which it stands in logs and history.</param>
    public SparseCategoricalAccuracy(string name = "sparse_categorical_accuracy")
        : base(name)
    {
    }

    internal override MetricDirection Direction => MetricDirection.Up;

    internal override LossShape Fit(ReadOnlySpan<int> targetShape, ReadOnlySpan<int> outputShape) =>
        LossShape.TryAlignLabels(targetShape, outputShape, out LossShape shape)
            ? shape
            : throw new ArgumentException(
                $"The metric '{Name}' takes class numbers: targets of the shape of the outputs without its last axis. Received: " +
                $"target.shape={ShapeText.Of(targetShape)}, output.shape={ShapeText.Of(outputShape)}. For one-hot targets use CategoricalAccuracy.");

    private protected override void Evaluate(LossShape shape, ReadOnlySpan<float> targets, ReadOnlySpan<float> outputs, Span<double> values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = Argument.OfLargest(outputs.Slice(i * shape.Classes, shape.Classes)) == targets[i] ? 1 : 0;
        }
    }
}
