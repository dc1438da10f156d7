namespace CompiledNets;

/// <summary>One call of <c>Fit</c>: epochs over batches, with validation, callbacks and what is printed.</summary>
internal sealed class FitRun
{
    private readonly Model model;
    private readonly TrainingSetup setup;
    private readonly LossStage loss;
    private readonly MetricTracker metrics;
    private readonly BatchSource data;
    private readonly int samples;
    private readonly int batchSize;
    private readonly int[] order;
    private BatchSource validation;
    private int firstValidated;
    private int validated;

    /// <summary>Makes the run over rows 0 to <paramref name="samples"/> of the data.</summary>
    public FitRun(Model model, TrainingSetup setup, LossStage loss, MetricTracker metrics, in BatchSource data, int samples, int batchSize, bool shuffle)
    {
        this.model = model;
        this.setup = setup;
        this.loss = loss;
        this.metrics = metrics;
        this.data = data;
        this.samples = samples;
        this.batchSize = Math.Min(batchSize, samples);
        order = shuffle ? new int[samples] : [];
    }

    /// <summary>Evaluates rows <paramref name="first"/>, first + 1, ... of some data behind each epoch.</summary>
    public void ValidateOn(in BatchSource source, int first, int count) => (validation, firstValidated, validated) = (source, first, count);

    /// <summary>Runs the epochs.</summary>
    public History Epochs(int first, int last, Verbose verbose, IEnumerable<Callback> given, CancellationToken cancellation)
    {
        int steps = (samples + batchSize - 1) / batchSize;
        var history = new History();
        Callback[] callbacks = verbose == Verbose.Silent ? [.. given] : [.. given, new ProgressPrinter(verbose, last, steps)];
        bool watchesBatches = callbacks.Length > 0;
        foreach (Callback callback in callbacks) callback.Attach(model, metrics);
        model.StopTraining = false;
        foreach (Callback callback in callbacks) callback.OnTrainBegin();
        for (int epoch = first; epoch < last && !model.StopTraining; epoch++)
        {
            foreach (Callback callback in callbacks) callback.OnEpochBegin(epoch);
            if (order.Length > 0) model.Shuffle(order);
            metrics.Reset();
            for (int step = 0; step < steps; step++)
            {
                cancellation.ThrowIfCancellationRequested();
                if (watchesBatches) Begin(callbacks, step);
                int at = step * batchSize;
                model.TrainBatch(setup, loss, metrics, data, order, at, Math.Min(batchSize, samples - at));
                if (watchesBatches) End(callbacks, step);
            }

            var logs = new Logs();
            metrics.Report(logs);
            if (validated > 0)
            {
                model.EvaluateRows(loss, metrics, validation, firstValidated, validated, batchSize, cancellation, null);
                metrics.Report(logs, "val_");
            }

            foreach (Callback callback in callbacks) callback.OnEpochEnd(epoch, logs);
            history.Add(epoch, logs);
        }

        // Before callbacks: weights that one puts back are not averages.
        setup.Optimizer.FinishTraining(setup.Update);
        foreach (Callback callback in callbacks) callback.OnTrainEnd();
        return history;
    }

    private static void Begin(Callback[] callbacks, int step)
    {
        foreach (Callback callback in callbacks) callback.OnTrainBatchBegin(step);
    }

    private void End(Callback[] callbacks, int step)
    {
        foreach (Callback callback in callbacks) callback.OnTrainBatchEnd(step, metrics.Current);
    }
}
