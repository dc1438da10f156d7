using System.Numerics.Tensors;
using CompiledNets.Data;
using CompiledNets.Numerics;

namespace CompiledNets;

/// <summary>Training.</summary>
public abstract partial class Model
{
    private uint shuffles;
    private int spanTargetSize = -1;
    private int[] spanTargetShape = [];

    /// <summary>Trains the network.</summary>
    /// <param name="data">Features, targets and sample weights.</param>
    /// <param name="epochs">The number of the epoch to end before, counted from 0; with <paramref name="initialEpoch"/> 0, how many there are.</param>
    /// <param name="batchSize">Samples a step; the last batch of an epoch has what is left.</param>
    /// <param name="verbose">What is printed.</param>
    /// <param name="callbacks">Called in this order at the beginning and end of training, epochs and batches.</param>
    /// <param name="validationSplit">The share of the data, cut off its tail before anything is shuffled, that is not trained on but evaluated behind each epoch.</param>
    /// <param name="validationData">Data that is evaluated behind each epoch; goes before <paramref name="validationSplit"/>.</param>
    /// <param name="shuffle">Whether each epoch takes the samples in another order.</param>
    /// <param name="classWeight">A weight for the samples of each class; one that is not named weighs 1.</param>
    /// <param name="initialEpoch">The number of the first epoch, to go on with an earlier training.</param>
    /// <param name="cancellationToken">Ends training between two batches, with an exception; the weights stay as they are then.</param>
    /// <returns>The figures of each epoch.</returns>
    /// <exception cref="InvalidOperationException">The network is not compiled.</exception>
    /// <exception cref="ArgumentException">Data does not fit the network, the loss or a metric, or is not a number somewhere. Nothing is trained then.</exception>
    /// <exception cref="OperationCanceledException">Training was cancelled.</exception>
    public History Fit(
        Dataset data, int epochs = 1, int batchSize = 32, Verbose verbose = Verbose.Bar, IEnumerable<Callback>? callbacks = null, double validationSplit = 0,
        Dataset? validationData = null, bool shuffle = true, IReadOnlyDictionary<int, float>? classWeight = null, int initialEpoch = 0, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        return Fit(
            data.Features, data.Targets, epochs, batchSize, verbose, callbacks, validationSplit, validationData, shuffle, classWeight, data.SampleWeights, initialEpoch, cancellationToken);
    }

    /// <summary>Trains the network.</summary>
    /// <param name="x">Samples, first axis first.</param>
    /// <param name="y">Targets, as many.</param>
    /// <param name="epochs">The number of the epoch to end before, counted from 0; with <paramref name="initialEpoch"/> 0, how many there are.</param>
    /// <param name="batchSize">Samples a step; the last batch of an epoch has what is left.</param>
    /// <param name="verbose">What is printed.</param>
    /// <param name="callbacks">Called in this order at the beginning and end of training, epochs and batches.</param>
    /// <param name="validationSplit">The share of the data, cut off its tail before anything is shuffled, that is not trained on but evaluated behind each epoch.</param>
    /// <param name="validationData">Data that is evaluated behind each epoch; goes before <paramref name="validationSplit"/>.</param>
    /// <param name="shuffle">Whether each epoch takes the samples in another order.</param>
    /// <param name="classWeight">A weight for the samples of each class; one that is not named weighs 1.</param>
    /// <param name="sampleWeight">A weight for each sample, or for each position of each.</param>
    /// <param name="initialEpoch">The number of the first epoch, to go on with an earlier training.</param>
    /// <param name="cancellationToken">Ends training between two batches, with an exception; the weights stay as they are then.</param>
    /// <returns>The figures of each epoch.</returns>
    /// <exception cref="InvalidOperationException">The network is not compiled.</exception>
    /// <exception cref="ArgumentException">Data does not fit the network, the loss or a metric, or is not a number somewhere. Nothing is trained then.</exception>
    /// <exception cref="OperationCanceledException">Training was cancelled.</exception>
    public History Fit(
        Tensor<float> x, Tensor<float> y, int epochs = 1, int batchSize = 32, Verbose verbose = Verbose.Bar, IEnumerable<Callback>? callbacks = null, double validationSplit = 0,
        Dataset? validationData = null, bool shuffle = true, IReadOnlyDictionary<int, float>? classWeight = null, Tensor<float>? sampleWeight = null, int initialEpoch = 0,
        CancellationToken cancellationToken = default)
    {
        TrainingSetup compiled = Compiled();
        InputChecks.BatchSize(batchSize);
        ArgumentOutOfRangeException.ThrowIfNegative(epochs);
        ArgumentOutOfRangeException.ThrowIfNegative(initialEpoch);
        TrainingData training = TrainingData.Check(this, x, y, sampleWeight, classWeight);
        (LossStage loss, MetricTracker metrics) = compiled.For(training.Targets.SampleShape, Description, Width);
        training.CheckFor(loss.Loss, Description.OutputShape);
        int trained = training.Features.Count, validated = 0;
        TrainingData? validation = null;
        if (validationData is not null)
        {
            validation = CheckValidation(validationData, loss);
            validated = validation.Features.Count;
        }
        else
        {
            trained = InputChecks.SplitAt(training.Features.Count, validationSplit);
            validated = training.Features.Count - trained;
            if (validated > 0) validation = classWeight is null ? training : TrainingData.Check(this, x, y, null, null);
        }

        var run = new FitRun(this, compiled, loss, metrics, training.Source, trained, batchSize, shuffle);
        if (validation is not null) run.ValidateOn(validation.Source, validationData is null ? trained : 0, validated);
        return run.Epochs(initialEpoch, epochs, verbose, callbacks ?? [], cancellationToken);
    }

    /// <summary>One step of training on one batch.</summary>
    /// <param name="x">Samples, first axis first.</param>
    /// <param name="y">Targets, as many.</param>
    /// <param name="sampleWeight">A weight for each sample, or for each position of each.</param>
    /// <param name="classWeight">A weight for the samples of each class.</param>
    /// <returns>The loss and the metrics of the batch.</returns>
    /// <exception cref="InvalidOperationException">The network is not compiled.</exception>
    /// <exception cref="ArgumentException">Data does not fit. Nothing is trained then.</exception>
    public Logs TrainOnBatch(Tensor<float> x, Tensor<float> y, Tensor<float>? sampleWeight = null, IReadOnlyDictionary<int, float>? classWeight = null)
    {
        TrainingSetup compiled = Compiled();
        TrainingData data = TrainingData.Check(this, x, y, sampleWeight, classWeight);
        (LossStage loss, MetricTracker metrics) = compiled.For(data.Targets.SampleShape, Description, Width);
        data.CheckFor(loss.Loss, Description.OutputShape);
        metrics.Reset();
        TrainBatch(compiled, loss, metrics, data.Source, default, 0, data.Features.Count);
        var logs = new Logs();
        metrics.Report(logs);
        return logs;
    }

    /// <summary>One step of training on one batch of samples that lie one behind the other, without metrics and without allocating. For loops of one's own that train fast.</summary>
    /// <param name="samples">The numbers of the samples. They are not checked for NaN.</param>
    /// <param name="targets">Their targets, of the shape of the outputs, or one class number for each with a sparse loss.</param>
    /// <returns>The loss of the batch.</returns>
    /// <exception cref="InvalidOperationException">The network is not compiled.</exception>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    public unsafe double TrainOnBatch(ReadOnlySpan<float> samples, ReadOnlySpan<float> targets)
    {
        TrainingSetup compiled = Compiled();
        int count = samples.Length / inputSize;
        if (count == 0 || count * inputSize != samples.Length) throw WrongLength(samples.Length, 0);
        int targetSize = targets.Length / count;
        if (targetSize * count != targets.Length)
            throw new ArgumentException($"There must be as many targets for each sample. Received: {targets.Length} targets for {count} samples.", nameof(targets));
        if (spanTargetSize != targetSize) (spanTargetSize, spanTargetShape) = (targetSize, TargetShape(targetSize));
        (LossStage loss, _) = compiled.For(spanTargetShape, Description, Width);
        loss.Loss.CheckTargetValues(targets, Math.Max(1, targetSize), Description.OutputShape.Length == 0 ? 1 : Description.OutputShape[^1]);
        fixed (float* x = samples, y = targets)
        {
            TrainingStep.Threads = EffectiveThreads;
            return TrainingStep.Train(new BatchSource(x, y, count), default, 0, count, loss, compiled.Optimizer, UpdateKernel(compiled));
        }
    }

    /// <summary>One step, its loss and metrics taken in.</summary>
    internal void TrainBatch(TrainingSetup compiled, LossStage loss, MetricTracker metrics, in BatchSource source, ReadOnlySpan<int> order, int first, int samples)
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
    internal void Shuffle(Span<int> order) => Shuffling.Run(order, Philox.DeriveKey(seed, (uint)Stream.Shuffle, shuffles++));

    // Targets of as many numbers as the output have its shape; else there is one for each position, or they are what they are.
    private int[] TargetShape(int targetSize)
    {
        int[] output = Description.OutputShape;
        if (targetSize == outputSize) return output;
        return output.Length > 1 && targetSize == outputSize / output[^1] ? output[..^1] : [targetSize];
    }

    private TrainingData CheckValidation(Dataset data, LossStage loss)
    {
        TrainingData validation = TrainingData.Check(this, data.Features, data.Targets, data.SampleWeights, null);
        if (!validation.Targets.SampleShape.AsSpan().SequenceEqual(loss.TargetShape))
        {
            throw new ArgumentException(
                $"Validation targets must have the shape of the training targets. Expected shape {ShapeText.Of(LossShape.WithBatch(loss.TargetShape))}, but received: " +
                $"validationData.Targets.shape={ShapeText.Of(validation.Targets.Shape)}.", nameof(data));
        }

        validation.CheckFor(loss.Loss, Description.OutputShape);
        return validation;
    }
}
