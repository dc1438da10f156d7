using CompiledNets.Data;

namespace CompiledNets;

/// <summary>Training and evaluation on batches that are made meanwhile.</summary>
public abstract partial class Model
{
    /// <summary>Trains the network on batches that are made while it trains, as Keras's <c>fit</c> does on a dataset.</summary>
    /// <param name="data">The batches; they bring their order and size along.</param>
    /// <param name="epochs">
    /// The number of the epoch to end before, counted from 0; with <paramref name="initialEpoch"/> 0, how many there are. Default: 1.
    /// </param>
    /// <param name="verbose">What is printed. Default: a bar.</param>
    /// <param name="callbacks">Called in this order at the beginning and end of training, epochs and batches.</param>
    /// <param name="validationData">Batches that are evaluated after each epoch; null for none.</param>
    /// <param name="classWeight">A weight for the samples of each class; one that is not named weighs 1.</param>
    /// <param name="initialEpoch">The number of the first epoch, to go on with an earlier training.</param>
    /// <param name="validationFrequency">Epochs from one validation to the next. Default: 1.</param>
    /// <param name="cancellationToken">Ends training between two batches, with an exception; the weights stay as they are then.</param>
    /// <returns>The figures of each epoch.</returns>
    /// <exception cref="InvalidOperationException">The network is not compiled, or another thread uses it.</exception>
    /// <exception cref="ArgumentException">
    /// A batch does not fit the network, the loss or a metric; batches before it have been trained on.
    /// </exception>
    /// <exception cref="OperationCanceledException">Training was cancelled.</exception>
    public History Fit(
        BatchStream data, int epochs = 1, Verbose verbose = Verbose.Bar, IEnumerable<Callback>? callbacks = null,
        BatchStream? validationData = null, IReadOnlyDictionary<int, float>? classWeight = null, int initialEpoch = 0,
        int validationFrequency = 1, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        CheckSingle();
        using ModelUse.Turn turn = Use.Begin();
        TrainingSetup compiled = Compiled();
        InputChecks.AtLeastOne(validationFrequency, nameof(validationFrequency));
        ArgumentOutOfRangeException.ThrowIfNegative(epochs);
        ArgumentOutOfRangeException.ThrowIfNegative(initialEpoch);
        Callback[] given = InputChecks.Callbacks(callbacks);
        StreamedData training = new(Description, data, classWeight, nameof(data));
        TrainingData first = training.First(cancellationToken);
        (LossStages losses, MetricTracker metrics) = compiled.For(first.TargetShapes, Description, Width);
        first.CheckFor(losses);
        WarnOfMissingAdapt();
        WarnOfNothingToTrain(losses);
        var run = new FitRun(this, compiled, losses, metrics, training)
        {
            ValidationFrequency = validationFrequency,
            Validation = validationData is null
                ? null
                : new(EvaluationStep, losses, metrics, new(Description, validationData, null, nameof(validationData))),
        };
        return run.Epochs(initialEpoch, epochs, verbose, given, cancellationToken);
    }

    /// <summary>Loss and metrics over batches that are made meanwhile, in inference mode: means over all samples.</summary>
    /// <param name="data">The batches.</param>
    /// <param name="verbose">What is printed. Default: a bar.</param>
    /// <param name="callbacks">Called at the beginning and end of the evaluation and of its batches.</param>
    /// <param name="cancellationToken">Ends the evaluation between two batches, with an exception.</param>
    /// <returns>The figures under Keras's names: <c>loss</c>, <c>accuracy</c>, ...</returns>
    /// <exception cref="InvalidOperationException">The network is not compiled, or another thread uses it.</exception>
    /// <exception cref="ArgumentException">A batch does not fit the network, the loss or a metric.</exception>
    /// <exception cref="OperationCanceledException">The evaluation was cancelled.</exception>
    public Logs Evaluate(
        BatchStream data, Verbose verbose = Verbose.Bar, IEnumerable<Callback>? callbacks = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        CheckSingle();
        using ModelUse.Turn turn = Use.Begin();
        TrainingSetup compiled = Compiled();
        Callback[] watching = InputChecks.Callbacks(callbacks);
        StreamedData streamed = new(Description, data, null, nameof(data));
        TrainingData first = streamed.First(cancellationToken);
        (LossStages losses, MetricTracker metrics) = compiled.For(first.TargetShapes, Description, Width);
        var run = new EvaluationRun(EvaluationStep, losses, metrics, streamed);
        ProgressBar? bar = verbose == Verbose.Silent ? null : new(Console.Out, verbose, run.Steps);
        foreach (Callback callback in watching) callback.Attach(this, metrics);
        run.Run(watching, cancellationToken, bar);
        var logs = new Logs();
        metrics.Report(logs);
        bar?.Finish(logs);
        return logs;
    }
}
