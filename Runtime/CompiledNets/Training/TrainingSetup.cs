using CompiledNets.Execution;
using CompiledNets.Numerics;

namespace CompiledNets;

/// <summary>
/// What a network was compiled with. Loss and metrics are made ready when the first targets come, because what <c>accuracy</c> and
/// <c>crossentropy</c> mean depends on their shape.
/// </summary>
/// <param name="optimizer">The optimizer.</param>
/// <param name="loss">The loss; null for a network that only loops of one's own train.</param>
/// <param name="metrics">Metrics that leave sample weights out.</param>
/// <param name="weightedMetrics">Metrics that count them.</param>
internal sealed class TrainingSetup(Optimizer optimizer, Loss? loss, IReadOnlyList<Metric> metrics, IReadOnlyList<Metric> weightedMetrics)
{
    private LossStage? stage;
    private MetricTracker? tracker;

    /// <summary>The optimizer.</summary>
    public Optimizer Optimizer => optimizer;

    /// <summary>The optimizer's update rule over the network's parameters; made with the first step.</summary>
    public UpdateKernel? Update { get; set; }

    /// <summary>Loss and metrics for targets of this shape.</summary>
    /// <exception cref="ArgumentException">Targets do not fit the outputs, or a metric does not.</exception>
    /// <exception cref="InvalidOperationException">There is no loss.</exception>
    public (LossStage Loss, MetricTracker Metrics) For(int[] targetShape, NetworkDescription description, LaneWidth width)
    {
        if (stage is null || tracker is null || !stage.TargetShape.AsSpan().SequenceEqual(targetShape))
        {
            if (loss is null) throw new InvalidOperationException("No loss to compute. Provide a `loss` argument in `Compile()`.");
            var nextStage = new LossStage(loss.For(targetShape, description.OutputShape), description, targetShape, width);
            tracker = new(metrics, weightedMetrics, description, nextStage);
            stage = nextStage;
        }

        return (stage, tracker);
    }
}
