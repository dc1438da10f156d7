using CompiledNets.Execution;
using CompiledNets.Numerics;

namespace CompiledNets;

/// <summary>
/// What a network was compiled with. Losses and metrics are made ready when the first targets come, because what <c>accuracy</c> and
/// <c>crossentropy</c> mean depends on their shape.
/// </summary>
/// <param name="optimizer">The optimizer.</param>
/// <param name="outputs">By output, what it is judged by.</param>
internal sealed class TrainingSetup(Optimizer optimizer, OutputSetup[] outputs)
{
    private int[]?[] shapes = [];
    private LossStages? stages;
    private MetricTracker? tracker;

    /// <summary>The optimizer.</summary>
    public Optimizer Optimizer => optimizer;

    /// <summary>By output, what it is judged by.</summary>
    public IReadOnlyList<OutputSetup> Outputs => outputs;

    /// <summary>The optimizer's update rule over the network's parameters; made with the first step.</summary>
    public UpdateKernel? Update { get; set; }

    /// <summary>Losses and metrics for targets of these shapes.</summary>
    /// <param name="targetShapes">By output, the shape of the target of one sample; null where there are no targets.</param>
    /// <param name="description">The network.</param>
    /// <param name="width">The lane width.</param>
    /// <exception cref="ArgumentException">
    /// Targets do not fit the outputs, a metric does not, or targets of an output that is judged are missing.
    /// </exception>
    /// <exception cref="InvalidOperationException">There is no loss.</exception>
    public (LossStages Losses, MetricTracker Metrics) For(int[]?[] targetShapes, NetworkDescription description, LaneWidth width)
    {
        if (stages is null || tracker is null || !AreSame(targetShapes)) MakeReady(targetShapes, description, width);
        return (stages!, tracker!);
    }

    private void MakeReady(int[]?[] targetShapes, NetworkDescription description, LaneWidth width)
    {
        if (Array.TrueForAll(outputs, output => output.Loss is null))
            throw new InvalidOperationException("No loss to compute. Provide a `loss` argument in `Compile()`.");
        var losses = new LossStage?[outputs.Length];
        var metrics = new OutputMetrics?[outputs.Length];
        for (int i = 0; i < outputs.Length; i++)
        {
            OutputSetup output = outputs[i];
            PortDescription port = description.Outputs[i];
            if (!output.IsJudged) continue;
            if (targetShapes[i] is not { } shape)
            {
                string judge = output.Loss is { } judged ? $"the loss '{judged.Name}'" : "metrics";
                throw new ArgumentException(
                    $"Output '{port.Name}' of '{description.Name}' has {judge}, but there are no targets for it. " +
                    $"Expected targets for {PortLists.Names(description.Outputs.Where((_, o) => outputs[o].IsJudged))}.");
            }

            (losses[i], metrics[i]) = InputChecks.OfOutput(description, i, () =>
            {
                LossStage? stage = output.Loss is { } loss
                    ? new(loss.For(shape, port.Shape), port, output.LossWeight, shape, width)
                    : null;
                return (stage, new OutputMetrics(output.Metrics, output.WeightedMetrics, i, port, shape));
            });
        }

        stages = new(losses);
        tracker = new(metrics, outputs, description, stages);
        shapes = [.. targetShapes];
    }

    private bool AreSame(int[]?[] targetShapes)
    {
        for (int i = 0; i < shapes.Length; i++)
            if (!targetShapes[i].AsSpan().SequenceEqual(shapes[i]) || targetShapes[i] is null != shapes[i] is null) return false;
        return true;
    }
}

/// <summary>What one output is judged by.</summary>
/// <param name="Loss">Its loss; null for none.</param>
/// <param name="LossWeight">What the loss counts in the sum of all.</param>
/// <param name="Metrics">Metrics that leave sample weights out.</param>
/// <param name="WeightedMetrics">Metrics that count them.</param>
internal sealed record OutputSetup(
    Loss? Loss, double LossWeight, IReadOnlyList<Metric> Metrics, IReadOnlyList<Metric> WeightedMetrics)
{
    /// <summary>Whether it needs targets.</summary>
    public bool IsJudged => Loss is not null || Metrics.Count > 0 || WeightedMetrics.Count > 0;
}
