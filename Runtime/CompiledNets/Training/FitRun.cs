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
    private readonly StreamedData? stream;
    private int batchesSeen;
    private TrainingPlace place;
    private TrainingPlace? from;

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

    /// <summary>Makes the run over batches that are made meanwhile.</summary>
    public FitRun(Model model, TrainingSetup setup, LossStages losses, MetricTracker metrics, StreamedData stream)
        : this(model, setup, losses, metrics, new BatchSource([], [], 0), samples: 1, batchSize: 1, shuffle: false) => this.stream = stream;

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

    /// <summary>Where it is, for a training that goes on from here.</summary>
    public TrainingPlace Place => place with { Position = batchesSeen };

    /// <summary>Checks that a place is one of this training.</summary>
    /// <exception cref="InvalidDataException">There is no such place.</exception>
    /// <exception cref="InvalidOperationException">It is of other data.</exception>
    public void CheckPlace(TrainingPlace other, string file)
    {
        if (other.Samples != samples || other.BatchSize != batchSize)
        {
            throw new InvalidOperationException(string.Create(
                CultureInfo.InvariantCulture,
                $"{file} is of a training on {other.Samples} samples in batches of {other.BatchSize}, but there are {samples} in batches " +
                $"of {batchSize}. Train on the same data, or remove the folder to begin anew."));
        }

        if (other.Epoch < 0 || other.Batch < 0 || other.Batch > (StepsPerEpoch ?? Batches) || other.Position < 0
            || other.Position > Batches)
            throw new InvalidDataException($"{file} names a place that the training does not have: {other}.");
    }

    /// <summary>Goes on from a place, in place of the first epoch.</summary>
    public void GoOnFrom(TrainingPlace other) => from = other;

    /// <summary>Runs the epochs.</summary>
    public History Epochs(int first, int last, Verbose verbose, Callback[] given, CancellationToken cancellation)
    {
        int steps = stream?.BatchCount ?? StepsPerEpoch ?? Batches;
        var history = new History();
        Callback[] callbacks = verbose == Verbose.Silent ? given : [.. given, new ProgressPrinter(verbose, last, steps)];
        foreach (Callback callback in callbacks) callback.Attach(model, metrics, this);
        model.StopTraining = false;
        model.Use.IsLent = true;
        foreach (Callback callback in callbacks) callback.OnTrainBegin();
        for (int epoch = from?.Epoch ?? first; epoch < last && !model.StopTraining; epoch++)
        {
            foreach (Callback callback in callbacks) callback.OnEpochBegin(epoch);
            model.Use.IsLent = false;
            if (stream is null) Train(epoch, steps, callbacks, cancellation);
            else TrainStreamed(stream, epoch, callbacks, cancellation);
            var logs = new Logs();
            metrics.Report(logs);
            if (Validation is not null && (epoch + 1) % ValidationFrequency == 0)
            {
                Validation.Run(callbacks, cancellation);
                metrics.Report(logs, "val_");
            }

            model.Use.IsLent = true;
            place = new(epoch + 1, 0, 0, samples, batchSize);
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

    private void TrainStreamed(StreamedData batches, int epoch, Callback[] callbacks, CancellationToken cancellation)
    {
        metrics.Reset();
        int step = 0;
        foreach (TrainingData batch in batches.Epoch(epoch, losses, cancellation))
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (Callback callback in callbacks) callback.OnTrainBatchBegin(step);
            model.TrainBatch(setup, losses, metrics, batch.Source, default, 0, batch.Count);
            if (callbacks.Length > 0)
            {
                Logs logs = metrics.Current;
                foreach (Callback callback in callbacks) callback.OnTrainBatchEnd(step, logs);
            }

            if (model.StopTraining) return;
            step++;
        }
    }

    // The steps of an epoch, up to the one in which a callback stops training.
    private void Train(int epoch, int steps, Callback[] callbacks, CancellationToken cancellation)
    {
        int first = Begin();
        metrics.Reset();
        for (int step = first; step < steps; step++)
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
            place = new(epoch, step + 1, 0, samples, batchSize);
            Logs logs = metrics.Current;
            foreach (Callback callback in callbacks) callback.OnTrainBatchEnd(step, logs);
            if (model.StopTraining) return;
        }
    }

    // The step that an epoch begins with: the first, unless training goes on within it.
    private int Begin()
    {
        if (from is not { } place)
        {
            if (StepsPerEpoch is null || batchesSeen == Batches) batchesSeen = 0;
            return 0;
        }

        from = null;
        batchesSeen = place.Position;
        if (place.Batch == 0 && (StepsPerEpoch is null || batchesSeen == Batches)) batchesSeen = 0;
        // The order that the data is in the midst of.
        if (batchesSeen > 0 && order.Length > 0) model.ShuffleAgain(order);
        return place.Batch;
    }
}
