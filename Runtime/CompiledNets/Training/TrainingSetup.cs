using CompiledNets.Execution;
using CompiledNets.Numerics;

namespace CompiledNets;

/// <summary>
/// What a network was compiled with. Words whose meaning depends on the targets (<c>accuracy</c>, <c>crossentropy</c>) are resolved when the first targets come.
/// </summary>
internal sealed class TrainingSetup
{
    private readonly Func<int[], int[], Loss> makeLoss;
    private readonly Func<int[], int[], (IReadOnlyList<Metric> Metrics, IReadOnlyList<Metric> Weighted)> makeMetrics;
    private LossStage? stage;
    private MetricTracker? tracker;

    private TrainingSetup(
        Optimizer optimizer, Func<int[], int[], Loss> makeLoss, Func<int[], int[], (IReadOnlyList<Metric> Metrics, IReadOnlyList<Metric> Weighted)> makeMetrics)
    {
        Optimizer = optimizer;
        this.makeLoss = makeLoss;
        this.makeMetrics = makeMetrics;
    }

    /// <summary>The optimizer.</summary>
    public Optimizer Optimizer { get; }

    /// <summary>The optimizer's update rule over the network's parameters; made with the first step.</summary>
    public UpdateKernel? Update { get; set; }

    /// <summary>A setup of instances.</summary>
    public static TrainingSetup Of(Optimizer optimizer, Loss loss, IReadOnlyList<Metric> metrics, IReadOnlyList<Metric> weightedMetrics) =>
        new(optimizer, (_, _) => loss, (_, _) => (metrics, weightedMetrics));

    /// <summary>A setup of names; those that are wrong are refused here.</summary>
    public static TrainingSetup Of(string optimizer, string loss, IReadOnlyList<string> metrics)
    {
        // The shapes of a binary question stand for those that are not known yet.
        Loss.Get(loss, [1], [1]);
        foreach (string metric in metrics) Metric.Get(metric, [1], [1]);
        return new(
            Optimizer.Get(optimizer),
            (target, output) => Loss.Get(loss, target, output),
            (target, output) => ([.. metrics.Select(metric => Metric.Get(metric, target, output))], []));
    }

    /// <summary>Loss and metrics for targets of this shape.</summary>
    /// <exception cref="ArgumentException">Targets do not fit the outputs, or a metric does not.</exception>
    public (LossStage Loss, MetricTracker Metrics) For(int[] targetShape, NetworkDescription description, LaneWidth width)
    {
        if (stage is null || tracker is null || !stage.TargetShape.AsSpan().SequenceEqual(targetShape))
        {
            var nextStage = new LossStage(makeLoss(targetShape, description.OutputShape), description, targetShape, width);
            (IReadOnlyList<Metric> metrics, IReadOnlyList<Metric> weighted) = makeMetrics(targetShape, description.OutputShape);
            tracker = new(metrics, weighted, description, nextStage);
            stage = nextStage;
        }

        return (stage, tracker);
    }
}
