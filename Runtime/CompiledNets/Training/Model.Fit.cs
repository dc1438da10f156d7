using System.Globalization;
using System.Runtime.InteropServices;
using CompiledNets.Data;
using CompiledNets.Numerics;

namespace CompiledNets;

/// <summary>Training.</summary>
public abstract partial class Model
{
    private uint shuffles;
    private readonly (int Size, int[] Shape)[] spanTargets;
    private readonly int[]?[] spanShapes;
    private BatchSource? spanSource;
    private BatchSource? pinnedSource;
    private bool adaptIsChecked;
    private bool nothingTrainsIsSaid;

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
        int? validationBatchSize = null, int validationFrequency = 1, CancellationToken cancellationToken = default)
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
        int? validationSteps = null, int? validationBatchSize = null, int validationFrequency = 1,
            CancellationToken cancellationToken = default)
    {
        CheckSingle();
        return Fit(
            GivenData.OfOne(x, y, sampleWeight, classWeight), batchSize, epochs, verbose, callbacks, validationSplit,
            validationData is null ? null : GivenData.OfValidation(validationData), shuffle, initialEpoch, stepsPerEpoch, validationSteps,
            validationBatchSize, validationFrequency, cancellationToken);
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
        CheckSingle();
        return TrainOnBatch(GivenData.OfOne(x, y, sampleWeight, classWeight));
    }

    private Logs TrainOnBatch(in GivenData given)
    {
        using ModelUse.Turn turn = Use.Begin();
        TrainingSetup compiled = Compiled();
        TrainingData data = TrainingData.Check(Description, given);
        (LossStages losses, MetricTracker metrics) = compiled.For(data.TargetShapes, Description, Width);
        data.CheckFor(losses);
        WarnOfMissingAdapt();
        WarnOfNothingToTrain(losses);
        metrics.Reset();
        TrainBatch(compiled, losses, metrics, data.Source, default, 0, data.Count);
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
        CheckSingle();
        using ModelUse.Turn turn = Use.Begin();
        int count = CountOf(samples.Length, 0, nameof(samples));
        InputChecks.Indices(samples, Description.Inputs[0], nameof(samples));
        fixed (float* x = samples, y = targets)
        {
            BatchSource source = pinnedSource ??= new(Description);
            source.Inputs[0] = new(x);
            source.Targets[0] = new(new RowSource(y));
            SetSpanShape(0, targets, count, nameof(targets));
            return TrainSpans(source, count);
        }
    }

    // Targets of as many numbers as the output have its shape; else there is one for each position, or they are what they are.
    private void SetSpanShape(int output, ReadOnlySpan<float> targets, int count, string argument)
    {
        int targetSize = targets.Length / count;
        if (targetSize * count != targets.Length)
        {
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture,
                $"There must be as many targets for each sample. Received: {targets.Length} targets for {count} samples."), argument);
        }

        ref (int Size, int[] Shape) known = ref spanTargets[output];
        if (known.Shape is null || known.Size != targetSize)
        {
            int[] shape = Description.Outputs[output].Shape;
            int size = Description.Outputs[output].Size;
            known = (targetSize, targetSize == size ? shape
                : shape.Length > 1 && targetSize == size / shape[^1] ? shape[..^1] : [targetSize]);
        }

        if (spanShapes[output] != known.Shape) spanShapes[output] = known.Shape;
    }

    private double TrainSpans(BatchSource source, int count)
    {
        TrainingSetup compiled = Compiled();
        source.Count = count;
        (LossStages losses, _) = compiled.For(spanShapes, Description, Width);
        foreach ((int output, LossStage stage) in losses.Given)
        {
            int targetSize = spanTargets[output].Size;
            ReadOnlySpan<float> targets = MemoryMarshal.CreateReadOnlySpan(ref source.Targets[output].Rows.Start, count * targetSize);
            stage.Loss.CheckTargetValues(targets, Math.Max(1, targetSize), Description.Outputs[output].Classes);
        }

        WarnOfMissingAdapt();
        WarnOfNothingToTrain(losses);
        TrainingStep.Threads = EffectiveThreads;
        return TrainingStep.Train(source, default, 0, count, losses, compiled.Optimizer, UpdateKernel(compiled));
    }

    private History Fit(
        in GivenData data, int batchSize, int epochs, Verbose verbose, IEnumerable<Callback>? callbacks, double validationSplit,
        GivenData? validationData, bool shuffle, int initialEpoch, int? stepsPerEpoch, int? validationSteps, int? validationBatchSize,
        int validationFrequency, CancellationToken cancellationToken)
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
        TrainingData training = TrainingData.Check(Description, data);
        (LossStages losses, MetricTracker metrics) = compiled.For(training.TargetShapes, Description, Width);
        training.CheckFor(losses);
        int rows = training.Count, trained = rows;
        TrainingData? validation = null;
        if (validationData is { } other)
        {
            validation = TrainingData.CheckValidation(Description, other, training, losses);
        }
        else
        {
            trained = InputChecks.SplitAt(rows, validationSplit);
            // A validation counts sample weights, but not those of classes.
            if (trained < rows)
                validation = data.ClassWeights is null ? training : TrainingData.Check(Description, data with { ClassWeights = null });
        }

        WarnOfMissingAdapt();
        WarnOfNothingToTrain(losses);
        int first = validationData is null ? trained : 0, size = validationBatchSize ?? batchSize;
        var run = new FitRun(this, compiled, losses, metrics, training.Source, trained, batchSize, shuffle)
        {
            StepsPerEpoch = stepsPerEpoch,
            ValidationFrequency = validationFrequency,
            Validation = validation is null
                ? null
                : new(EvaluationStep, losses, metrics, validation.Source, first, validation.Count - first, size, validationSteps),
        };
        return run.Epochs(initialEpoch, epochs, verbose, given, cancellationToken);
    }

    /// <summary>One step, its loss and metrics taken in.</summary>
    internal void TrainBatch(
        TrainingSetup compiled, LossStages losses, MetricTracker metrics, BatchSource source, ReadOnlySpan<int> order, int first,
        int samples)
    {
        TrainingStep step = TrainingStep;
        step.Threads = EffectiveThreads;
        metrics.Add(step.Train(source, order, first, samples, losses, compiled.Optimizer, UpdateKernel(compiled)), step, source);
    }

    /// <summary>Puts the numbers 0, 1, ... into another order, which depends on the seed and on how often it was done.</summary>
    internal void Shuffle(Span<int> order) => Shuffling.Run(order, Philox.DeriveKey((uint)Seed, (uint)RandomStream.Shuffle, shuffles++));

    /// <summary>Puts the numbers into the order of the last time.</summary>
    internal void ShuffleAgain(Span<int> order) =>
        Shuffling.Run(order, Philox.DeriveKey((uint)Seed, (uint)RandomStream.Shuffle, shuffles - 1));

    // Once, until something trains again.
    private void WarnOfNothingToTrain(LossStages losses)
    {
        if (TrainingStep.TrainsAnything(losses))
        {
            nothingTrainsIsSaid = false;
            return;
        }

        if (nothingTrainsIsSaid) return;
        nothingTrainsIsSaid = true;
        string which = losses.Given.Length == Description.Outputs.Length ? "" : " on which an output with a loss depends";
        Warning.Print(Description.Groups.Length == 0
            ? $"'{Name}' trains nothing: it has no weights that a gradient changes."
            : $"'{Name}' trains nothing: all its layers with weights{which} are frozen (`Trainable` is false).");
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
