namespace CompiledNets;

/// <summary>A share of answers that are right: targets and outputs lie on each other number for number.</summary>
public abstract class AccuracyMetric : MeanMetric
{
    private protected AccuracyMetric(string name)
        : base(name)
    {
    }

    internal override MetricDirection Direction => MetricDirection.Up;

    internal override LossShape Fit(ReadOnlySpan<int> targetShape, ReadOnlySpan<int> outputShape) =>
        LossShape.TryAlign(targetShape, outputShape, out LossShape shape)
            ? shape
            : throw new ArgumentException(
                $"The metric '{Name}' takes targets of the shape of the outputs. Received: target.shape={ShapeText.Of(targetShape)}, " +
                $"output.shape={ShapeText.Of(outputShape)}. For targets that are class numbers use SparseCategoricalAccuracy.");
}
