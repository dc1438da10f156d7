using CompiledNets.Execution;
using CompiledNets.Numerics;

namespace CompiledNets;

/// <summary>The mean of a loss's values, computed by the loss's own kernel.</summary>
public abstract class LossMetric : MeanMetric
{
    private readonly Loss loss;
    private readonly LossEvaluation evaluation;

    private protected LossMetric(Loss loss, string name)
        : base(name)
    {
        this.loss = loss;
        evaluation = new LossEvaluation(loss, LaneWidths.Best);
    }

    internal override MetricDirection Direction => MetricDirection.Down;

    internal override OutputActivation Fuses => loss.Fuses;

    internal override LossShape Fit(ReadOnlySpan<int> targetShape, ReadOnlySpan<int> outputShape) => loss.Fit(targetShape, outputShape);

    internal override void UpdateFromLogits(
        ReadOnlySpan<float> targets, ReadOnlySpan<int> targetShape, ReadOnlySpan<float> logits, ReadOnlySpan<int> outputShape, ReadOnlySpan<float> weights)
    {
        LossShape shape = FitBatch(targetShape, outputShape);
        Span<double> batch = Reserve(shape);
        Evaluate(shape, targets, logits, batch, fromLogits: true);
        Gather(shape, batch, weights);
    }

    private protected override void Evaluate(LossShape shape, ReadOnlySpan<float> targets, ReadOnlySpan<float> outputs, Span<double> values) =>
        Evaluate(shape, targets, outputs, values, fromLogits: false);

    private void Evaluate(LossShape shape, ReadOnlySpan<float> targets, ReadOnlySpan<float> outputs, Span<double> values, bool fromLogits)
    {
        loss.CheckTargetValues(targets, Math.Max(1, targets.Length / Math.Max(1, shape.Samples)), shape.Classes);
        evaluation.Run(shape, targets, outputs, fromLogits: fromLogits);
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = evaluation.Value(i / shape.Positions, i % shape.Positions);
        }
    }
}
