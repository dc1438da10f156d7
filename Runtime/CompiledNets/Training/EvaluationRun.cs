using System.Globalization;

namespace CompiledNets;

/// <summary>An evaluation of rows of checked data, batch by batch; the figures are in the tracker afterwards.</summary>
internal sealed class EvaluationRun
{
    private readonly EvaluationStep step;
    private readonly LossStages losses;
    private readonly MetricTracker metrics;
    private readonly BatchSource data;
    private readonly int first;
    private readonly int count;
    private readonly int batchSize;
    private readonly int? wanted;

    /// <summary>Makes the run over rows <paramref name="first"/>, first + 1, ... of the data, in their order.</summary>
    /// <param name="step">Works a batch.</param>
    /// <param name="losses">The losses.</param>
    /// <param name="metrics">Where figures are gathered.</param>
    /// <param name="data">The data.</param>
    /// <param name="first">The first row.</param>
    /// <param name="count">How many rows.</param>
    /// <param name="batchSize">Samples a batch.</param>
    /// <param name="steps">Batches after which it ends; null for all there are.</param>
    public EvaluationRun(
        EvaluationStep step, LossStages losses, MetricTracker metrics, BatchSource data, int first, int count, int batchSize, int? steps)
    {
        this.step = step;
        this.losses = losses;
        this.metrics = metrics;
        this.data = data;
        this.first = first;
        this.count = count;
        this.batchSize = Math.Min(batchSize, count);
        wanted = steps;
    }

    /// <summary>Batches that the rows give.</summary>
    private int Batches => 1 + ((count - 1) / batchSize);

    /// <summary>Batches that are asked for.</summary>
    public int Steps => wanted ?? Batches;

    /// <summary>Evaluates, from the first row on with every call.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public void Run(Callback[] callbacks, CancellationToken cancellation, ProgressBar? bar = null)
    {
        bool isWatched = callbacks.Length > 0 || bar is not null;
        metrics.Reset();
        foreach (Callback callback in callbacks) callback.OnTestBegin();
        int steps = Math.Min(Steps, Batches);
        for (int batch = 0; batch < steps; batch++)
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (Callback callback in callbacks) callback.OnTestBatchBegin(batch);
            int at = batch * batchSize, samples = Math.Min(batchSize, count - at);
            metrics.Add(step.Run(data, first + at, samples, losses), step, data);
            if (!isWatched) continue;
            Logs logs = metrics.Current;
            foreach (Callback callback in callbacks) callback.OnTestBatchEnd(batch, logs);
            bar?.Update(batch + 1, logs);
        }

        if (wanted > Batches)
        {
            Warning.Print(string.Create(
                CultureInfo.InvariantCulture,
                $"the data ran out after {Batches} of {wanted} steps; {count} samples make {Batches} batches of {batchSize}."));
        }

        foreach (Callback callback in callbacks) callback.OnTestEnd(metrics.Current);
    }
}
