using System.Globalization;
using CompiledNets.Data;
using CompiledNets.Numerics;

namespace CompiledNets;

/// <summary>Training.</summary>
public abstract partial class Model
{
    private uint shuffles;
    private int spanTargetSize = -1;
    private int[] spanTargetShape = [];
    private bool adaptIsChecked;

    /// <summary>Trains the network.</summary>
    /// <param name="data">Features, targets and sample weights.</param>
    /// <param name="batchSize">Samples a step; the last batch of an epoch has what is left. Default: 32.</param>
    /// <param name="epochs">
    /// The number of the epoch to end before, counted from 0; with <paramref name="initialEpoch"/> 0, how many there are. Default: 1.
    /// </param>
    /// <param name="verbose">What is printed. Default: a bar.</param>
    /// <param name="callbacks">Called in this order at the beginning and end of training, epochs and batches.</param>
    /// <param name="validationSplit">
    /// The share of the data, cut off its tail before anything is shuffled, that is not trained on but evaluated after each epoch.
    /// </param>
    /// <param name="validationData">Data that is evaluated after each epoch; goes before <paramref name="validationSplit"/>.</param>
    /// <param name="shuffle">Whether each pass over the data takes the samples in another order. Default: true.</param>
    /// <param name="classWeight">A weight for the samples of each class; one that is not named weighs 1.</param>
    /// <param name="initialEpoch">The number of the first epoch, to go on with an earlier training.</param>
    /// <param name="stepsPerEpoch">
    /// Batches of an epoch; null for all that the data gives. An epoch goes on in the data where the last one stopped, and one in which the
    /// data runs out ends, with a warning.
    /// </param>
    /// <param name="validationSteps">Batches of a validation, which begins with the first of them each time; null for all.</param>
    /// <param name="validationBatchSize">Samples of a batch of the validation; null for <paramref name="batchSize"/>.</param>
    /// <param name="validationFrequency">Epochs from one validation to the next: 2 for after epochs 2, 4, ... Default: 1.</param>
    /// <param name="cancellationToken">Ends training between two batches, with an exception; the weights stay as they are then.</param>
    /// <returns>The figures of each epoch.</returns>
    /// <exception cref="InvalidOperationException">The network is not compiled, or another thread uses it.</exception>
    /// <exception cref="ArgumentException">
    /// Data does not fit the network, the loss or a metric, or is not finite somewhere. Nothing is trained then.
    /// </exception>
    /// <exception cref="OperationCanceledException">Training was cancelled.</exception>
    public History Fit(
        Dataset data, int batchSize = 32, int epochs = 1, Verbose verbose = Verbose.Bar, IEnumerable<Callback>? callbacks = null,
        double validationSplit = 0, Dataset? validationData = null, bool shuffle = true,
        IReadOnlyDictionary<int, float>? classWeight = null, int initialEpoch = 0, int? stepsPerEpoch = null, int? validationSteps = null,
            int? validationBatchSize = null,
        int validationFrequency = 1, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        return Fit(
            data.Features, data.Targets, batchSize, epochs, verbose, callbacks, validationSplit, validationData, shuffle, classWeight,
            data.SampleWeights, initialEpoch, stepsPerEpoch, validationSteps, validationBatchSize, validationFrequency, cancellationToken);
    }

    /// <summary>Trains the network. The arguments are those of Keras, in its order.</summary>
    /// <param name="x">Features, shape (samples, features), or (samples, ...) as the network's input has it.</param>
    /// <param name="y">Targets, shape (samples) or (samples, outputs), as the loss takes them.</param>
    /// <param name="batchSize">Samples a step; the last batch of an epoch has what is left. Default: 32.</param>
    /// <param name="epochs">
    /// The number of the epoch to end before, counted from 0; with <paramref name="initialEpoch"/> 0, how many there are. Default: 1.
    /// </param>
    /// <param name="verbose">What is printed. Default: a bar.</param>
    /// <param name="callbacks">Called in this order at the beginning and end of training, epochs and batches.</param>
    /// <param name="validationSplit">
    /// The share of the data, cut off its tail before anything is shuffled, that is not trained on but evaluated after each epoch.
    /// </param>
    /// <param name="validationData">Data that is evaluated after each epoch; goes before <paramref name="validationSplit"/>.</param>
    /// <param name="shuffle">Whether each pass over the data takes the samples in another order. Default: true.</param>
    /// <param name="classWeight">A weight for the samples of each class; one that is not named weighs 1.</param>
    /// <param name="sampleWeight">A weight for each sample, shape (samples), or for each position of each, (samples, positions).</param>
    /// <param name="initialEpoch">The number of the first epoch, to go on with an earlier training.</param>
    /// <param name="stepsPerEpoch">
    /// Batches of an epoch; null for all that the data gives. An epoch goes on in the data where the last one stopped, and one in which the
    /// data runs out ends, with a warning.
    /// </param>
    /// <param name="validationSteps">Batches of a validation, which begins with the first of them each time; null for all.</param>
    /// <param name="validationBatchSize">Samples of a batch of the validation; null for <paramref name="batchSize"/>.</param>
    /// <param name="validationFrequency">Epochs from one validation to the next: 2 for after epochs 2, 4, ... Default: 1.</param>
    /// <param name="cancellationToken">Ends training between two batches, with an exception; the weights stay as they are then.</param>
    /// <returns>The figures of each epoch.</returns>
    /// <exception cref="InvalidOperationException">The network is not compiled, or another thread uses it.</exception>
    /// <exception cref="ArgumentException">
    /// Data does not fit the network, the loss or a metric, or is not finite somewhere. Nothing is trained then.
    /// </exception>
    /// <exception cref="OperationCanceledException">Training was cancelled.</exception>
    public History Fit(
        Samples x, Samples y, int batchSize = 32, int epochs = 1, Verbose verbose = Verbose.Bar, IEnumerable<Callback>? callbacks = null,
        double validationSplit = 0, Dataset? validationData = null, bool shuffle = true,
        IReadOnlyDictionary<int, float>? classWeight = null, Samples? sampleWeight = null, int initialEpoch = 0, int? stepsPerEpoch = null,
            int? validationSteps = null,
        int? validationBatchSize = null, int validationFrequency = 1, CancellationToken cancellationToken = default)
    {
        using ModelUse.Turn turn = Use.Begin();
        TrainingSetup compiled = Compiled();
        InputChecks.AtLeastOne(batchSize, nameof(batchSize));
        InputChecks.AtLeastOne(stepsPerEpoch, nameof(stepsPerEpoch));
        InputChecks.AtLeastOne(validationSteps, nameof(validationSteps));
        InputChecks.AtLeastOne(validationBatchSize, nameof(validationBatchSize));
        InputChecks.AtLeastOne(validationFrequency, nameof(validationFrequency));
        ArgumentOutOfRangeException.ThrowIfNegative(epochs);
        ArgumentOutOfRangeException.ThrowIfNegative(initialEpoch);
        Callback[] given = InputChecks.Callbacks(callbacks);
        TrainingData training = TrainingData.Check(this, x, y, sampleWeight, classWeight);
        (LossStage loss, MetricTracker metrics) = compiled.For(training.Targets.SampleShape, Description, Width);
        training.CheckFor(loss, Description);
        int rows = training.Features.Count, trained = rows;
        TrainingData? validation = null;
        if (validationData is not null)
        {
            validation = TrainingData.CheckValidation(this, validationData, loss);
        }
        else
        {
            trained = InputChecks.SplitAt(rows, validationSplit);
            // A validation counts sample weights, but not those of classes.
            if (trained < rows) validation = classWeight is null ? training : TrainingData.Check(this, x, y, null, null);
        }

        WarnOfMissingAdapt();
        int first = validationData is null ? trained : 0, size = validationBatchSize ?? batchSize;
        var run = new FitRun(this, compiled, loss, metrics, training.Source, trained, batchSize, shuffle)
        {
            StepsPerEpoch = stepsPerEpoch,
            ValidationFrequency = validationFrequency,
            Validation = validation is null
                ? null
                : new(EvaluationStep, loss, metrics, validation.Source, first, validation.Features.Count - first, size, validationSteps),
        };
        return run.Epochs(initialEpoch, epochs, verbose, given, cancellationToken);
    }

    /// <summary>One step of training on one batch.</summary>
    /// <param name="x">Features, shape (samples, features), or (samples, ...) as the network's input has it.</param>
    /// <param name="y">Targets, shape (samples) or (samples, outputs), as the loss takes them.</param>
    /// <param name="sampleWeight">A weight for each sample, shape (samples), or for each position of each, (samples, positions).</param>
    /// <param name="classWeight">A weight for the samples of each class; one that is not named weighs 1.</param>
    /// <returns>The loss and the metrics of the batch, from before the step.</returns>
    /// <exception cref="InvalidOperationException">The network is not compiled, or another thread uses it.</exception>
    /// <exception cref="ArgumentException">Data does not fit. Nothing is trained then.</exception>
    public Logs TrainOnBatch(Samples x, Samples y, Samples? sampleWeight = null, IReadOnlyDictionary<int, float>? classWeight = null)
    {
        using ModelUse.Turn turn = Use.Begin();
        TrainingSetup compiled = Compiled();
        TrainingData data = TrainingData.Check(this, x, y, sampleWeight, classWeight);
        (LossStage loss, MetricTracker metrics) = compiled.For(data.Targets.SampleShape, Description, Width);
        data.CheckFor(loss, Description);
        WarnOfMissingAdapt();
        metrics.Reset();
        TrainBatch(compiled, loss, metrics, data.Source, default, 0, data.Features.Count);
        var logs = new Logs();
        metrics.Report(logs);
        return logs;
    }

    /// <inheritdoc cref="TrainOnBatch(ReadOnlySpan{float}, ReadOnlySpan{float})"/>
    public double TrainOnBatch(float[] samples, float[] targets) =>
        TrainOnBatch((ReadOnlySpan<float>)samples, (ReadOnlySpan<float>)targets);

    /// <summary>
    /// One step of training on one batch of samples that lie one after the other, without metrics and without allocating. For loops of
    /// one's own that train fast.
    /// </summary>
    /// <param name="samples">The numbers of the samples. They are not checked for NaN and infinity.</param>
    /// <param name="targets">Their targets, of the shape of the outputs, or one class number for each with a sparse loss.</param>
    /// <returns>The loss of the batch, from before the step.</returns>
    /// <exception cref="InvalidOperationException">The network is not compiled, or another thread uses it.</exception>
    /// <exception cref="ArgumentException">A length does not fit, or the batch is too large.</exception>
    public unsafe double TrainOnBatch(ReadOnlySpan<float> samples, ReadOnlySpan<float> targets)
    {
        using ModelUse.Turn turn = Use.Begin();
        TrainingSetup compiled = Compiled();
        int count = samples.Length / inputSize;
        if (count == 0 || count * inputSize != samples.Length) throw WrongLength(samples.Length, nameof(samples));
        int targetSize = targets.Length / count;
        if (targetSize * count != targets.Length)
        {
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture,
                $"There must be as many targets for each sample. Received: {targets.Length} targets for {count} samples."),
                nameof(targets));
        }

        if (spanTargetSize != targetSize) (spanTargetSize, spanTargetShape) = (targetSize, TargetShape(targetSize));
        (LossStage loss, _) = compiled.For(spanTargetShape, Description, Width);
        loss.Loss.CheckTargetValues(targets, Math.Max(1, targetSize), Description.OutputShape is [.., int classes] ? classes : 1);
        WarnOfMissingAdapt();
        fixed (float* x = samples, y = targets)
        {
            TrainingStep.Threads = EffectiveThreads;
            return TrainingStep.Train(new BatchSource(x, y, count), default, 0, count, loss, compiled.Optimizer, UpdateKernel(compiled));
        }
    }

    /// <summary>One step, its loss and metrics taken in.</summary>
    internal void TrainBatch(
        TrainingSetup compiled, LossStage loss, MetricTracker metrics, in BatchSource source, ReadOnlySpan<int> order, int first,
        int samples)
    {
        TrainingStep step = TrainingStep;
        step.Threads = EffectiveThreads;
        metrics.AddLoss(step.Train(source, order, first, samples, loss, compiled.Optimizer, UpdateKernel(compiled)), samples);
        if (!metrics.HasMetrics) return;
        step.ReadOutputs(metrics.Outputs(samples));
        Span<float> logits = metrics.Logits(samples);
        if (!logits.IsEmpty) step.ReadLogits(logits);
        metrics.AddOutputs(step.Batch, source);
    }

    /// <summary>Puts the numbers 0, 1, ... into another order, which depends on the seed and on how often it was done.</summary>
    internal void Shuffle(Span<int> order) => Shuffling.Run(order, Philox.DeriveKey((uint)Seed, (uint)Stream.Shuffle, shuffles++));

    // Targets of as many numbers as the output have its shape; else there is one for each position, or they are what they are.
    private int[] TargetShape(int targetSize)
    {
        int[] output = Description.OutputShape;
        if (targetSize == outputSize) return output;
        return output.Length > 1 && targetSize == outputSize / output[^1] ? output[..^1] : [targetSize];
    }

    // Once a model: a normalization that has seen nothing passes its input on as it is.
    private void WarnOfMissingAdapt()
    {
        if (adaptIsChecked) return;
        adaptIsChecked = true;
        foreach (ModelLayer layer in layers)
        {
            if (!layer.LacksMoments) continue;
            Warning.Print(
                $"layer '{layer.Name}' of '{Name}' has not seen any data and changes nothing: " +
                "call its `Adapt()` with the training features before training.");
        }
    }
}
