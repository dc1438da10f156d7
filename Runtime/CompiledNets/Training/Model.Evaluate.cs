using System.Numerics.Tensors;
using CompiledNets.Data;

namespace CompiledNets;

/// <summary>Evaluation.</summary>
public abstract partial class Model
{
    /// <summary>Loss and metrics over data, in inference mode: means over all samples.</summary>
    /// <param name="data">Features, targets and sample weights.</param>
    /// <param name="batchSize">Samples that are worked at a time.</param>
    /// <param name="verbose">What is printed.</param>
    /// <param name="cancellationToken">Ends the evaluation between two batches, with an exception.</param>
    /// <exception cref="InvalidOperationException">The network is not compiled.</exception>
    /// <exception cref="ArgumentException">Data does not fit the network, the loss or a metric, or is not a number somewhere.</exception>
    public Logs Evaluate(Dataset data, int batchSize = 32, Verbose verbose = Verbose.Bar, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        return Evaluate(data.Features, data.Targets, batchSize, verbose, data.SampleWeights, cancellationToken);
    }

    /// <summary>Loss and metrics over data, in inference mode: means over all samples.</summary>
    /// <param name="x">Samples, first axis first.</param>
    /// <param name="y">Targets, as many.</param>
    /// <param name="batchSize">Samples that are worked at a time.</param>
    /// <param name="verbose">What is printed.</param>
    /// <param name="sampleWeight">A weight for each sample, or for each position of each.</param>
    /// <param name="cancellationToken">Ends the evaluation between two batches, with an exception.</param>
    /// <exception cref="InvalidOperationException">The network is not compiled.</exception>
    /// <exception cref="ArgumentException">Data does not fit the network, the loss or a metric, or is not a number somewhere.</exception>
    public Logs Evaluate(
        Tensor<float> x, Tensor<float> y, int batchSize = 32, Verbose verbose = Verbose.Bar, Tensor<float>? sampleWeight = null, CancellationToken cancellationToken = default)
    {
        TrainingSetup compiled = Compiled();
        InputChecks.BatchSize(batchSize);
        TrainingData data = TrainingData.Check(this, x, y, sampleWeight, null);
        (LossStage loss, MetricTracker metrics) = compiled.For(data.Targets.SampleShape, Description, Width);
        data.CheckFor(loss.Loss, Description.OutputShape);
        int samples = data.Features.Count;
        ProgressBar? bar = verbose == Verbose.Silent ? null : new(Console.Out, verbose, (samples + batchSize - 1) / batchSize);
        EvaluateRows(loss, metrics, data.Source, 0, samples, batchSize, cancellationToken, bar);
        var logs = new Logs();
        metrics.Report(logs);
        bar?.Finish(logs);
        return logs;
    }

    /// <summary>Loss and metrics of one batch, in inference mode.</summary>
    /// <param name="x">Samples, first axis first.</param>
    /// <param name="y">Targets, as many.</param>
    /// <param name="sampleWeight">A weight for each sample, or for each position of each.</param>
    /// <exception cref="InvalidOperationException">The network is not compiled.</exception>
    /// <exception cref="ArgumentException">Data does not fit the network, the loss or a metric, or is not a number somewhere.</exception>
    public Logs TestOnBatch(Tensor<float> x, Tensor<float> y, Tensor<float>? sampleWeight = null) =>
        Evaluate(x, y, Math.Max(1, x is { Rank: > 0 } ? (int)x.Lengths[0] : 1), Verbose.Silent, sampleWeight);

    /// <summary>Evaluates rows of checked data; the figures are in the tracker afterwards.</summary>
    internal void EvaluateRows(
        LossStage loss, MetricTracker metrics, in BatchSource source, int first, int samples, int batchSize, CancellationToken cancellation, ProgressBar? bar)
    {
        metrics.Reset();
        EvaluationStep step = EvaluationStep;
        for (int at = 0, batch = 0; at < samples; at += batchSize, batch++)
        {
            cancellation.ThrowIfCancellationRequested();
            int count = Math.Min(batchSize, samples - at);
            metrics.AddLoss(step.Run(source, first + at, count, loss), count);
            if (metrics.HasMetrics)
            {
                step.ReadOutputs(metrics.Outputs(count));
                Span<float> logits = metrics.Logits(count);
                if (!logits.IsEmpty) step.ReadLogits(logits);
                metrics.AddOutputs(step.Batch, source);
            }

            bar?.Update(batch + 1, metrics.Current);
        }
    }
}
