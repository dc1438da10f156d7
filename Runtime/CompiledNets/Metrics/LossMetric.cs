using CompiledNets.Execution;
using CompiledNets.Numerics;

namespace CompiledNets;

/// <summary>A loss as a metric: the mean of its values, computed by its own kernel. Its reduction does not matter.</summary>
/// <param name="loss">The loss.</param>
/// <param name="name">The name under which it stands in logs and history.</param>
internal sealed class LossMetric(Loss loss, string name) : MeanMetric(name)
{
    private readonly string user = $"The metric '{name}'";
    private Loss? told;
    private LossEvaluation? evaluation;

    public override MetricDirection Direction => MetricDirection.Down;

    /// <summary>The loss; of those that only shapes tell, the one they told.</summary>
    public Loss Loss => told ?? loss;

    internal override OutputActivation Fuses => Loss.Fuses;

    internal override LossShape Fit(ReadOnlySpan<int> targetShape, ReadOnlySpan<int> outputShape)
    {
        told ??= loss.For(targetShape[Math.Min(1, targetShape.Length)..], outputShape[Math.Min(1, outputShape.Length)..]);
        return told.Fit(targetShape, outputShape, user);
    }

    internal override void UpdateFromLogits(
        ReadOnlySpan<float> targets, ReadOnlySpan<int> targetShape, ReadOnlySpan<float> logits, ReadOnlySpan<int> outputShape,
            ReadOnlySpan<float> weights)
    {
        LossShape shape = FitBatch(targetShape, outputShape);
        Span<double> batch = Reserve(shape);
        Evaluate(shape, targets, logits, batch, fromLogits: true);
        Gather(shape, batch, weights);
    }

    protected internal override void Prepare(ReadOnlySpan<int> targetShape, ReadOnlySpan<int> outputShape)
    {
        told = loss.For(targetShape, outputShape);
        evaluation = null;
        base.Prepare(targetShape, outputShape);
    }

    protected override double Evaluate(ReadOnlySpan<float> target, ReadOnlySpan<float> output) =>
        throw new NotSupportedException("A loss works on whole batches.");

    private protected override void Evaluate(LossShape shape, ReadOnlySpan<float> targets, ReadOnlySpan<float> outputs,
        Span<double> values) =>
        Evaluate(shape, targets, outputs, values, fromLogits: false);

    private void Evaluate(LossShape shape, ReadOnlySpan<float> targets, ReadOnlySpan<float> outputs, Span<double> values, bool fromLogits)
    {
        Loss.CheckTargetValues(targets, Math.Max(1, targets.Length / Math.Max(1, shape.Samples)), shape.Classes);
        evaluation ??= new(Loss, LaneWidths.Best);
        evaluation.Run(shape, targets, outputs, fromLogits: fromLogits);
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = evaluation.Value(i / shape.Positions, i % shape.Positions);
        }
    }
}
