using CompiledNets.Data;

namespace CompiledNets;

/// <summary>Evaluation.</summary>
public abstract partial class Model
{
    /// <summary>Loss and metrics over data, in inference mode: means over all samples.</summary>
    /// <param name="data">Features, targets and sample weights.</param>
    /// <param name="batchSize">Samples that are worked at a time. Default: 32.</param>
    /// <param name="verbose">What is printed. Default: a bar.</param>
    /// <param name="steps">Batches after which it ends; null for all of the data.</param>
    /// <param name="callbacks">Called at the beginning and end of the evaluation and of its batches.</param>
    /// <param name="cancellationToken">Ends the evaluation between two batches, with an exception.</param>
    /// <returns>The figures under Keras's names: <c>loss</c>, <c>accuracy</c>, ...</returns>
    /// <exception cref="InvalidOperationException">The network is not compiled, or another thread uses it.</exception>
    /// <exception cref="ArgumentException">Data does not fit the network, the loss or a metric, or is not finite somewhere.</exception>
    /// <exception cref="OperationCanceledException">The evaluation was cancelled.</exception>
    public Logs Evaluate(
        Dataset data, int batchSize = 32, Verbose verbose = Verbose.Bar, int? steps = null, IEnumerable<Callback>? callbacks = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        return Evaluate(data.Features, data.Targets, batchSize, verbose, data.SampleWeights, steps, callbacks, cancellationToken);
    }

    /// <summary>
    /// Loss and metrics over data, in inference mode: means over all samples. The arguments are those of Keras, in its order.
    /// </summary>
    /// <param name="x">Features, shape (samples, features), or (samples, ...) as the network's input has it.</param>
    /// <param name="y">Targets, shape (samples) or (samples, outputs), as the loss takes them.</param>
    /// <param name="batchSize">Samples that are worked at a time. Default: 32.</param>
    /// <param name="verbose">What is printed. Default: a bar.</param>
    /// <param name="sampleWeight">A weight for each sample, shape (samples), or for each position of each, (samples, positions).</param>
    /// <param name="steps">Batches after which it ends; null for all of the data.</param>
    /// <param name="callbacks">Called at the beginning and end of the evaluation and of its batches.</param>
    /// <param name="cancellationToken">Ends the evaluation between two batches, with an exception.</param>
    /// <returns>The figures under Keras's names: <c>loss</c>, <c>accuracy</c>, ...</returns>
    /// <exception cref="InvalidOperationException">The network is not compiled, or another thread uses it.</exception>
    /// <exception cref="ArgumentException">Data does not fit the network, the loss or a metric, or is not finite somewhere.</exception>
    /// <exception cref="OperationCanceledException">The evaluation was cancelled.</exception>
    public Logs Evaluate(
        Samples x, Samples y, int batchSize = 32, Verbose verbose = Verbose.Bar, Samples? sampleWeight = null, int? steps = null,
        IEnumerable<Callback>? callbacks = null, CancellationToken cancellationToken = default)
    {
        CheckSingle();
        return Evaluate(GivenData.OfOne(x, y, sampleWeight), batchSize, verbose, steps, callbacks, cancellationToken);
    }

    /// <summary>Loss and metrics of one batch, in inference mode.</summary>
    /// <param name="x">Features, shape (samples, features), or (samples, ...) as the network's input has it.</param>
    /// <param name="y">Targets, shape (samples) or (samples, outputs), as the loss takes them.</param>
    /// <param name="sampleWeight">A weight for each sample, shape (samples), or for each position of each, (samples, positions).</param>
    /// <returns>The figures under Keras's names: <c>loss</c>, <c>accuracy</c>, ...</returns>
    /// <exception cref="InvalidOperationException">The network is not compiled, or another thread uses it.</exception>
    /// <exception cref="ArgumentException">Data does not fit the network, the loss or a metric, or is not finite somewhere.</exception>
    public Logs TestOnBatch(Samples x, Samples y, Samples? sampleWeight = null) =>
        Evaluate(x, y, int.MaxValue, Verbose.Silent, sampleWeight);

    private Logs Evaluate(
        in GivenData given, int batchSize, Verbose verbose, int? steps, IEnumerable<Callback>? callbacks,
        CancellationToken cancellationToken)
    {
        using ModelUse.Turn turn = Use.Begin();
        TrainingSetup compiled = Compiled();
        InputChecks.AtLeastOne(batchSize, nameof(batchSize));
        InputChecks.AtLeastOne(steps, nameof(steps));
        Callback[] watching = InputChecks.Callbacks(callbacks);
        TrainingData data = TrainingData.Check(Description, given);
        (LossStages losses, MetricTracker metrics) = compiled.For(data.TargetShapes, Description, Width);
        data.CheckFor(losses);
        var run = new EvaluationRun(EvaluationStep, losses, metrics, data.Source, 0, data.Count, batchSize, steps);
        ProgressBar? bar = ProgressBar.OnConsole(verbose, run.Steps);
        foreach (Callback callback in watching) callback.Attach(this, metrics);
        run.Run(watching, cancellationToken, bar);
        var logs = new Logs();
        metrics.Report(logs);
        bar?.Finish(logs);
        return logs;
    }
}
