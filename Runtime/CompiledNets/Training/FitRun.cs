using System.Globalization;

namespace CompiledNets;

/// <summary>One call of <c>Fit</c>: epochs over batches, with validation, callbacks and what is printed.</summary>
internal sealed class FitRun
{
    private readonly Model model;
    private readonly TrainingSetup setup;
    private readonly LossStages losses;
    private readonly MetricTracker metrics;
    private readonly BatchSource data;
    private readonly int samples;
    private readonly int batchSize;
    private readonly int[] order;
    private int batchesSeen;

    /// <summary>Makes the run over rows 0 to <paramref name="samples"/> of the data.</summary>
    public FitRun(
        Model model, TrainingSetup setup, LossStages losses, MetricTracker metrics, BatchSource data, int samples, int batchSize,
        bool shuffle)
    {
        this.model = model;
        this.setup = setup;
        this.losses = losses;
        this.metrics = metrics;
        this.data = data;
        this.samples = samples;
        this.batchSize = Math.Min(batchSize, samples);
        order = shuffle ? new int[samples] : [];
    }

    /// <summary>
    /// Batches of an epoch; null for all that the data gives. Where it is set, an epoch goes on in the data where the last one stopped; one
    /// in which the data runs out ends, with a warning.
    /// </summary>
    public int? StepsPerEpoch { get; init; }

    /// <summary>What is evaluated after epochs; null for nothing.</summary>
    public EvaluationRun? Validation { get; init; }

    /// <summary>Epochs from one validation to the next.</summary>
    public int ValidationFrequency { get; init; } = 1;

    private int Batches => 1 + ((samples - 1) / batchSize);

    /// <summary>The number of the epoch that it ends before, from 0.</summary>
    public int LastEpoch { get; private set; }

    /// <summary>Runs the epochs.</summary>
    public History Epochs(int first, int last, Verbose verbose, Callback[] given, CancellationToken cancellation)
    {
        int steps = StepsPerEpoch ?? Batches;
        LastEpoch = last;
        var history = new History();
        Callback[] callbacks = verbose == Verbose.Silent ? given : [.. given, new ProgressPrinter(verbose, last, steps)];
        foreach (Callback callback in callbacks) callback.Attach(model, metrics, this);
        model.StopTraining = false;
        model.Use.IsLent = true;
        foreach (Callback callback in callbacks) callback.OnTrainBegin();
        for (int epoch = first; epoch < last && !model.StopTraining; epoch++)
        {
            foreach (Callback callback in callbacks) callback.OnEpochBegin(epoch);
            model.Use.IsLent = false;
            Train(epoch, steps, callbacks, cancellation);
            var logs = new Logs();
            metrics.Report(logs);
            if (Validation is not null && (epoch + 1) % ValidationFrequency == 0)
            {
                Validation.Run(callbacks, cancellation);
                metrics.Report(logs, "val_");
            }

            model.Use.IsLent = true;
            foreach (Callback callback in callbacks) callback.OnEpochEnd(epoch, logs);
            history.Add(epoch, logs);
        }

        // Before callbacks: weights that one puts back are not averages.
        if (history.Epochs.Count > 0)
        {
            setup.Optimizer.FinishTraining(setup.Update);
            model.Panels.Invalidate();
        }

        foreach (Callback callback in callbacks) callback.OnTrainEnd();
        return history;
    }

    // The steps of an epoch, up to the one in which a callback stops training.
    private void Train(int epoch, int steps, Callback[] callbacks, CancellationToken cancellation)
    {
        if (StepsPerEpoch is null || batchesSeen == Batches) batchesSeen = 0;
        metrics.Reset();
        for (int step = 0; step < steps; step++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (batchesSeen == Batches)
            {
                Warning.Print(string.Create(
                    CultureInfo.InvariantCulture,
                    $"the data ran out in step {step + 1} of {steps} of epoch {epoch + 1}; " +
                    $"{samples} samples make {Batches} batches of {batchSize}."));
                return;
            }

            if (batchesSeen == 0 && order.Length > 0) model.Shuffle(order);
            foreach (Callback callback in callbacks) callback.OnTrainBatchBegin(step);
            int at = batchesSeen++ * batchSize;
            model.TrainBatch(setup, losses, metrics, data, order, at, Math.Min(batchSize, samples - at));
            if (callbacks.Length == 0) continue;
            Logs logs = metrics.Current;
            foreach (Callback callback in callbacks) callback.OnTrainBatchEnd(step, logs);
            if (model.StopTraining) return;
        }
    }
}
