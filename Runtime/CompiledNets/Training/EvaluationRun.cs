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
    private readonly StreamedData? stream;

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

    /// <summary>Makes the run over batches that are made meanwhile.</summary>
    public EvaluationRun(EvaluationStep step, LossStages losses, MetricTracker metrics, StreamedData stream)
        : this(step, losses, metrics, new BatchSource([], [], 0), 0, 1, 1, null) => this.stream = stream;

    /// <summary>Batches that the rows give.</summary>
    private int Batches => stream is not null ? stream.BatchCount : 1 + ((count - 1) / batchSize);

    /// <summary>Batches that are asked for.</summary>
    public int Steps => wanted ?? Batches;

    /// <summary>Evaluates, from the first row on with every call.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public void Run(Callback[] callbacks, CancellationToken cancellation, ProgressBar? bar = null)
    {
        bool isWatched = callbacks.Length > 0 || bar is not null;
        metrics.Reset();
        foreach (Callback callback in callbacks) callback.OnTestBegin();
        int batch = 0;
        if (stream is not null)
        {
            foreach (TrainingData made in stream.Epoch(0, losses, cancellation)) Work(made.Source, 0, made.Count);
        }
        else
        {
            int steps = Math.Min(Steps, Batches);
            while (batch < steps) Work(data, first + (batch * batchSize), Math.Min(batchSize, count - (batch * batchSize)));
        }

        if (wanted > Batches)
        {
            Warning.Print(string.Create(
                CultureInfo.InvariantCulture,
                $"the data ran out after {Batches} of {wanted} steps; {count} samples make {Batches} batches of {batchSize}."));
        }

        foreach (Callback callback in callbacks) callback.OnTestEnd(metrics.Current);

        void Work(BatchSource source, int at, int samples)
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (Callback callback in callbacks) callback.OnTestBatchBegin(batch);
            metrics.Add(step.Run(source, at, samples, losses), step, source);
            batch++;
            if (!isWatched) return;
            Logs logs = metrics.Current;
            foreach (Callback callback in callbacks) callback.OnTestBatchEnd(batch - 1, logs);
            bar?.Update(batch, logs);
        }
    }
}
