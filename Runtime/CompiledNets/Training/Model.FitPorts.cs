using CompiledNets.Data;

namespace CompiledNets;

/// <summary>Training and evaluation of networks with several inputs or outputs.</summary>
public abstract partial class Model
{
    /// <summary>Trains a network with several inputs or outputs. Lists have an entry for each of them, in their order.</summary>
    /// <param name="x">By input, the features, shape (samples, ...) as the input has it.</param>
    /// <param name="y">
    /// By output, the targets, shape (samples) or (samples, outputs), as its loss takes them; null for an output without a loss and
    /// metrics.
    /// </param>
    /// <param name="batchSize">Samples a step; the last batch of an epoch has what is left. Default: 32.</param>
    /// <param name="epochs">
    /// The number of the epoch to end before, counted from 0; with <paramref name="initialEpoch"/> 0, how many there are. Default: 1.
    /// </param>
    /// <param name="verbose">What is printed. Default: a bar.</param>
    /// <param name="callbacks">Called in this order at the beginning and end of training, epochs and batches.</param>
    /// <param name="validationSplit">
    /// The share of the data, cut off its tail before anything is shuffled, that is not trained on but evaluated after each epoch.
    /// </param>
    /// <param name="validationData">
    /// Features by input and targets by output that are evaluated after each epoch; goes before <paramref name="validationSplit"/>.
    /// </param>
    /// <param name="validationSampleWeight">By output, weights of the samples of <paramref name="validationData"/>; null for ones.</param>
    /// <param name="shuffle">Whether each pass over the data takes the samples in another order. Default: true.</param>
    /// <param name="classWeight">
    /// By output, a weight for the samples of each class; one that is not named weighs 1. Null for an output without.
    /// </param>
    /// <param name="sampleWeight">
    /// By output, a weight for each sample, shape (samples), or for each position of each, (samples, positions); null for ones.
    /// </param>
    /// <param name="initialEpoch">The number of the first epoch, to go on with an earlier training.</param>
    /// <param name="stepsPerEpoch">
    /// Batches of an epoch; null for all that the data gives. An epoch goes on in the data where the last one stopped, and one in which the
    /// data runs out ends, with a warning.
    /// </param>
    /// <param name="validationSteps">Batches of a validation, which begins with the first of them each time; null for all.</param>
    /// <param name="validationBatchSize">Samples of a batch of the validation; null for <paramref name="batchSize"/>.</param>
    /// <param name="validationFrequency">Epochs from one validation to the next: 2 for after epochs 2, 4, ... Default: 1.</param>
    /// <param name="cancellationToken">Ends training between two batches, with an exception; the weights stay as they are then.</param>
    /// <returns>
    /// The figures of each epoch under Keras's names: <c>loss</c>, the weighted sum of the losses, <c>price_loss</c>,
    /// <c>is_sold_accuracy</c>, <c>val_loss</c>, ...
    /// </returns>
    /// <exception cref="InvalidOperationException">The network is not compiled or has no loss, or another thread uses it.</exception>
    /// <exception cref="ArgumentException">
    /// Something is missing, or does not fit the network, a loss or a metric, or is not finite somewhere; the message names the input or
    /// output. Nothing is trained then.
    /// </exception>
    /// <exception cref="OperationCanceledException">Training was cancelled.</exception>
    public History Fit(
        IReadOnlyList<Samples> x, IReadOnlyList<Samples?> y, int batchSize = 32, int epochs = 1, Verbose verbose = Verbose.Bar,
        IEnumerable<Callback>? callbacks = null, double validationSplit = 0,
        (IReadOnlyList<Samples> X, IReadOnlyList<Samples?> Y)? validationData = null,
        IReadOnlyList<Samples?>? validationSampleWeight = null, bool shuffle = true,
        IReadOnlyList<IReadOnlyDictionary<int, float>?>? classWeight = null, IReadOnlyList<Samples?>? sampleWeight = null,
        int initialEpoch = 0, int? stepsPerEpoch = null, int? validationSteps = null, int? validationBatchSize = null,
        int validationFrequency = 1, CancellationToken cancellationToken = default)
    {
        if (validationSampleWeight is not null && validationData is null)
        {
            throw new ArgumentException(
                "`validationSampleWeight` weighs the samples of `validationData`, which is not given. " +
                "Samples that `validationSplit` cuts off have their weights in `sampleWeight`.", nameof(validationSampleWeight));
        }

        return Fit(
            new GivenData(x, y, sampleWeight, classWeight), batchSize, epochs, verbose, callbacks, validationSplit,
            validationData is { } validation ? GivenData.OfValidation(validation.X, validation.Y, validationSampleWeight) : null, shuffle,
            initialEpoch, stepsPerEpoch, validationSteps, validationBatchSize, validationFrequency, cancellationToken);
    }

    /// <summary>Trains a network with several inputs or outputs, which dictionaries name.</summary>
    /// <param name="x">The features of each input, shape (samples, ...) as the input has it.</param>
    /// <param name="y">
    /// The targets of each output that is judged, shape (samples) or (samples, outputs), as its loss takes them.
    /// </param>
    /// <param name="batchSize">Samples a step; the last batch of an epoch has what is left. Default: 32.</param>
    /// <param name="epochs">
    /// The number of the epoch to end before, counted from 0; with <paramref name="initialEpoch"/> 0, how many there are. Default: 1.
    /// </param>
    /// <param name="verbose">What is printed. Default: a bar.</param>
    /// <param name="callbacks">Called in this order at the beginning and end of training, epochs and batches.</param>
    /// <param name="validationSplit">
    /// The share of the data, cut off its tail before anything is shuffled, that is not trained on but evaluated after each epoch.
    /// </param>
    /// <param name="validationData">
    /// Features and targets that are evaluated after each epoch; goes before <paramref name="validationSplit"/>.
    /// </param>
    /// <param name="validationSampleWeight">Weights of the samples of <paramref name="validationData"/>; null for ones.</param>
    /// <param name="shuffle">Whether each pass over the data takes the samples in another order. Default: true.</param>
    /// <param name="classWeight">By output, a weight for the samples of each class; one that is not named weighs 1.</param>
    /// <param name="sampleWeight">
    /// By output, a weight for each sample, shape (samples), or for each position of each, (samples, positions).
    /// </param>
    /// <param name="initialEpoch">The number of the first epoch, to go on with an earlier training.</param>
    /// <param name="stepsPerEpoch">
    /// Batches of an epoch; null for all that the data gives. An epoch goes on in the data where the last one stopped, and one in which the
    /// data runs out ends, with a warning.
    /// </param>
    /// <param name="validationSteps">Batches of a validation, which begins with the first of them each time; null for all.</param>
    /// <param name="validationBatchSize">Samples of a batch of the validation; null for <paramref name="batchSize"/>.</param>
    /// <param name="validationFrequency">Epochs from one validation to the next: 2 for after epochs 2, 4, ... Default: 1.</param>
    /// <param name="cancellationToken">Ends training between two batches, with an exception; the weights stay as they are then.</param>
    /// <returns>
    /// The figures of each epoch under Keras's names: <c>loss</c>, the weighted sum of the losses, <c>price_loss</c>,
    /// <c>is_sold_accuracy</c>, <c>val_loss</c>, ...
    /// </returns>
    /// <exception cref="InvalidOperationException">The network is not compiled or has no loss, or another thread uses it.</exception>
    /// <exception cref="ArgumentException">
    /// A name is not that of an input or output, something is missing, or does not fit the network, a loss or a metric, or is not finite
    /// somewhere. Nothing is trained then.
    /// </exception>
    /// <exception cref="OperationCanceledException">Training was cancelled.</exception>
    public History Fit(
        IReadOnlyDictionary<string, Samples> x, IReadOnlyDictionary<string, Samples> y, int batchSize = 32, int epochs = 1,
        Verbose verbose = Verbose.Bar, IEnumerable<Callback>? callbacks = null, double validationSplit = 0,
        (IReadOnlyDictionary<string, Samples> X, IReadOnlyDictionary<string, Samples> Y)? validationData = null,
        IReadOnlyDictionary<string, Samples>? validationSampleWeight = null, bool shuffle = true,
        IReadOnlyDictionary<string, IReadOnlyDictionary<int, float>>? classWeight = null,
        IReadOnlyDictionary<string, Samples>? sampleWeight = null, int initialEpoch = 0, int? stepsPerEpoch = null,
        int? validationSteps = null, int? validationBatchSize = null, int validationFrequency = 1,
        CancellationToken cancellationToken = default) =>
        Fit(
            InputsByName(x, nameof(x)), OutputsByName(y, nameof(y)), batchSize, epochs, verbose, callbacks, validationSplit,
            validationData is { } validation
                ? (InputsByName(validation.X, "validationData.X"), OutputsByName(validation.Y, "validationData.Y"))
                : null,
            validationSampleWeight is null ? null : OutputsByName(validationSampleWeight, nameof(validationSampleWeight)), shuffle,
            classWeight is null ? null : ByOutput<IReadOnlyDictionary<int, float>?>(classWeight!, nameof(classWeight), null),
            sampleWeight is null ? null : OutputsByName(sampleWeight, nameof(sampleWeight)), initialEpoch, stepsPerEpoch, validationSteps,
            validationBatchSize, validationFrequency, cancellationToken);

    /// <summary>
    /// Loss and metrics over data of a network with several inputs or outputs, in inference mode: means over all samples.
    /// </summary>
    /// <param name="x">By input, the features, shape (samples, ...) as the input has it.</param>
    /// <param name="y">By output, the targets, as its loss takes them; null for an output without a loss and metrics.</param>
    /// <param name="batchSize">Samples that are worked at a time. Default: 32.</param>
    /// <param name="verbose">What is printed. Default: a bar.</param>
    /// <param name="sampleWeight">By output, a weight for each sample or for each position of each; null for ones.</param>
    /// <param name="steps">Batches after which it ends; null for all of the data.</param>
    /// <param name="callbacks">Called at the beginning and end of the evaluation and of its batches.</param>
    /// <param name="cancellationToken">Ends the evaluation between two batches, with an exception.</param>
    /// <returns>The figures under Keras's names: <c>loss</c>, <c>price_loss</c>, <c>is_sold_accuracy</c>, ...</returns>
    /// <exception cref="InvalidOperationException">The network is not compiled or has no loss, or another thread uses it.</exception>
    /// <exception cref="ArgumentException">
    /// Something is missing, or does not fit the network, a loss or a metric, or is not finite somewhere; the message names the input or
    /// output.
    /// </exception>
    /// <exception cref="OperationCanceledException">The evaluation was cancelled.</exception>
    public Logs Evaluate(
        IReadOnlyList<Samples> x, IReadOnlyList<Samples?> y, int batchSize = 32, Verbose verbose = Verbose.Bar,
        IReadOnlyList<Samples?>? sampleWeight = null, int? steps = null, IEnumerable<Callback>? callbacks = null,
        CancellationToken cancellationToken = default) =>
        Evaluate(new GivenData(x, y, sampleWeight), batchSize, verbose, steps, callbacks, cancellationToken);

    /// <summary>Loss and metrics over data, by names of inputs and outputs, in inference mode: means over all samples.</summary>
    /// <param name="x">The features of each input.</param>
    /// <param name="y">The targets of each output that is judged.</param>
    /// <param name="batchSize">Samples that are worked at a time. Default: 32.</param>
    /// <param name="verbose">What is printed. Default: a bar.</param>
    /// <param name="sampleWeight">By output, a weight for each sample or for each position of each.</param>
    /// <param name="steps">Batches after which it ends; null for all of the data.</param>
    /// <param name="callbacks">Called at the beginning and end of the evaluation and of its batches.</param>
    /// <param name="cancellationToken">Ends the evaluation between two batches, with an exception.</param>
    /// <returns>The figures under Keras's names: <c>loss</c>, <c>price_loss</c>, <c>is_sold_accuracy</c>, ...</returns>
    /// <exception cref="InvalidOperationException">The network is not compiled or has no loss, or another thread uses it.</exception>
    /// <exception cref="ArgumentException">
    /// A name is not that of an input or output, something is missing, or does not fit the network, a loss or a metric, or is not finite
    /// somewhere.
    /// </exception>
    /// <exception cref="OperationCanceledException">The evaluation was cancelled.</exception>
    public Logs Evaluate(
        IReadOnlyDictionary<string, Samples> x, IReadOnlyDictionary<string, Samples> y, int batchSize = 32,
        Verbose verbose = Verbose.Bar, IReadOnlyDictionary<string, Samples>? sampleWeight = null, int? steps = null,
        IEnumerable<Callback>? callbacks = null, CancellationToken cancellationToken = default) =>
        Evaluate(
            InputsByName(x, nameof(x)), OutputsByName(y, nameof(y)), batchSize, verbose,
            sampleWeight is null ? null : OutputsByName(sampleWeight, nameof(sampleWeight)), steps, callbacks, cancellationToken);

    /// <summary>One step of training on one batch of a network with several inputs or outputs.</summary>
    /// <param name="x">By input, the features, shape (samples, ...) as the input has it.</param>
    /// <param name="y">By output, the targets, as its loss takes them; null for an output without a loss and metrics.</param>
    /// <param name="sampleWeight">By output, a weight for each sample or for each position of each; null for ones.</param>
    /// <param name="classWeight">By output, a weight for the samples of each class; null for an output without.</param>
    /// <returns>The losses and the metrics of the batch, from before the step.</returns>
    /// <exception cref="InvalidOperationException">The network is not compiled or has no loss, or another thread uses it.</exception>
    /// <exception cref="ArgumentException">Data does not fit; the message names the input or output. Nothing is trained then.</exception>
    public Logs TrainOnBatch(
        IReadOnlyList<Samples> x, IReadOnlyList<Samples?> y, IReadOnlyList<Samples?>? sampleWeight = null,
        IReadOnlyList<IReadOnlyDictionary<int, float>?>? classWeight = null) =>
        TrainOnBatch(new GivenData(x, y, sampleWeight, classWeight));

    /// <summary>One step of training on one batch, by names of inputs and outputs.</summary>
    /// <param name="x">The features of each input.</param>
    /// <param name="y">The targets of each output that is judged.</param>
    /// <param name="sampleWeight">By output, a weight for each sample or for each position of each.</param>
    /// <param name="classWeight">By output, a weight for the samples of each class.</param>
    /// <returns>The losses and the metrics of the batch, from before the step.</returns>
    /// <exception cref="InvalidOperationException">The network is not compiled or has no loss, or another thread uses it.</exception>
    /// <exception cref="ArgumentException">Data does not fit; the message names the input or output. Nothing is trained then.</exception>
    public Logs TrainOnBatch(
        IReadOnlyDictionary<string, Samples> x, IReadOnlyDictionary<string, Samples> y,
        IReadOnlyDictionary<string, Samples>? sampleWeight = null,
        IReadOnlyDictionary<string, IReadOnlyDictionary<int, float>>? classWeight = null) =>
        TrainOnBatch(
            InputsByName(x, nameof(x)), OutputsByName(y, nameof(y)),
            sampleWeight is null ? null : OutputsByName(sampleWeight, nameof(sampleWeight)),
            classWeight is null ? null : ByOutput<IReadOnlyDictionary<int, float>?>(classWeight!, nameof(classWeight), null));

    /// <summary>
    /// One step of training on one batch of samples that lie one after the other, without metrics and without allocating where the lists
    /// are there already. For loops of one's own that train fast.
    /// </summary>
    /// <param name="samples">By input, the numbers of the samples. They are not checked for NaN and infinity.</param>
    /// <param name="targets">
    /// By output, their targets, of the shape of the output, or one class number for each with a sparse loss; empty where there is no loss.
    /// </param>
    /// <returns>The weighted sum of the losses of the batch, from before the step.</returns>
    /// <exception cref="InvalidOperationException">The network is not compiled or has no loss, or another thread uses it.</exception>
    /// <exception cref="ArgumentException">A length does not fit, or the batch is too large.</exception>
    public double TrainOnBatch(ReadOnlySpan<ReadOnlyMemory<float>> samples, ReadOnlySpan<ReadOnlyMemory<float>> targets)
    {
        PortLists.CheckCount(samples.Length, Description.Inputs, "input", Name, nameof(samples));
        PortLists.CheckCount(targets.Length, Description.Outputs, "output", Name, nameof(targets));
        using ModelUse.Turn turn = Use.Begin();
        int count = CheckMemory(samples, nameof(samples));
        BatchSource source = spanSource ??= new(Description);
        for (int i = 0; i < samples.Length; i++) source.Inputs[i] = new(samples[i]);
        for (int i = 0; i < targets.Length; i++)
        {
            source.Targets[i] = new(new RowSource(targets[i]));
            if (targets[i].IsEmpty) spanShapes[i] = null;
            else SetSpanShape(i, targets[i].Span, count, nameof(targets));
        }

        return TrainSpans(source, count);
    }

    /// <summary>Loss and metrics of one batch of a network with several inputs or outputs, in inference mode.</summary>
    /// <param name="x">By input, the features, shape (samples, ...) as the input has it.</param>
    /// <param name="y">By output, the targets, as its loss takes them; null for an output without a loss and metrics.</param>
    /// <param name="sampleWeight">By output, a weight for each sample or for each position of each; null for ones.</param>
    /// <returns>The figures under Keras's names: <c>loss</c>, <c>price_loss</c>, <c>is_sold_accuracy</c>, ...</returns>
    /// <exception cref="InvalidOperationException">The network is not compiled or has no loss, or another thread uses it.</exception>
    /// <exception cref="ArgumentException">Data does not fit; the message names the input or output.</exception>
    public Logs TestOnBatch(
        IReadOnlyList<Samples> x, IReadOnlyList<Samples?> y, IReadOnlyList<Samples?>? sampleWeight = null) =>
        Evaluate(x, y, int.MaxValue, Verbose.Silent, sampleWeight);

    /// <summary>Loss and metrics of one batch, by names of inputs and outputs, in inference mode.</summary>
    /// <param name="x">The features of each input.</param>
    /// <param name="y">The targets of each output that is judged.</param>
    /// <param name="sampleWeight">By output, a weight for each sample or for each position of each.</param>
    /// <returns>The figures under Keras's names: <c>loss</c>, <c>price_loss</c>, <c>is_sold_accuracy</c>, ...</returns>
    /// <exception cref="InvalidOperationException">The network is not compiled or has no loss, or another thread uses it.</exception>
    /// <exception cref="ArgumentException">Data does not fit; the message names the input or output.</exception>
    public Logs TestOnBatch(
        IReadOnlyDictionary<string, Samples> x, IReadOnlyDictionary<string, Samples> y,
        IReadOnlyDictionary<string, Samples>? sampleWeight = null) =>
        Evaluate(x, y, int.MaxValue, Verbose.Silent, sampleWeight);

    private Samples?[] OutputsByName(IReadOnlyDictionary<string, Samples> entries, string argument) =>
        ByOutput<Samples?>(entries!, argument, null);
}
