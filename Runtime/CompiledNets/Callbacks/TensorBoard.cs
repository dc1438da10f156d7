using System.Diagnostics;
using System.Globalization;

namespace CompiledNets;

/// <summary>
/// Writes event files that TensorBoard shows: figures of epochs and batches, how weights are spread, the graph of the network. Training
/// has its folder, <c>train</c>, and validation its own. Start it by <c>tensorboard --logdir logs</c>.
/// </summary>
public sealed class TensorBoard : Callback
{
    private readonly string logDir;
    private readonly int histogramFreq;
    private readonly bool writeGraph;
    private readonly bool writeStepsPerSecond;
    private readonly int? updateEvery;
    private EventFile? train;
    private EventFile? validation;
    private long batches;
    private long batchesBefore;
    private long epochStart;
    private long batchStart;

    /// <summary>Makes the callback; files are created when training begins.</summary>
    /// <param name="logDir">The folder.</param>
    /// <param name="histogramFreq">Epochs from one histogram of the weights to the next, the first epoch being one; 0 for none.</param>
    /// <param name="writeGraph">Whether the graph of the network is written.</param>
    /// <param name="writeStepsPerSecond">Whether steps a second are a figure.</param>
    /// <param name="updateFreq">
    /// <c>epoch</c> to write after epochs; <c>batch</c>, or a number of batches, to write figures of batches too, each so many. As in
    /// Keras, those of an epoch are then written only where it ends with such a batch.
    /// </param>
    /// <exception cref="ArgumentException">The frequency is none of these.</exception>
    public TensorBoard(
        string logDir = "logs", int histogramFreq = 0, bool writeGraph = true, bool writeStepsPerSecond = false,
        string updateFreq = "epoch")
    {
        ArgumentException.ThrowIfNullOrEmpty(logDir);
        ArgumentOutOfRangeException.ThrowIfNegative(histogramFreq);
        ArgumentNullException.ThrowIfNull(updateFreq);
        this.logDir = logDir;
        this.histogramFreq = histogramFreq;
        this.writeGraph = writeGraph;
        this.writeStepsPerSecond = writeStepsPerSecond;
        updateEvery = updateFreq switch
        {
            "epoch" => null,
            "batch" => 1,
            _ when int.TryParse(updateFreq, NumberStyles.None, CultureInfo.InvariantCulture, out int every) && every > 0 => every,
            _ => throw new ArgumentException(
                $"Expected \"epoch\", \"batch\" or a number of batches. Received: \"{updateFreq}\"", nameof(updateFreq)),
        };
    }

    private bool IsDue => updateEvery is not { } every || batches % every == 0;

    private EventFile Train => train ??= new(Path.Combine(logDir, "train"));

    // Only where something is validated is there such a file.
    private EventFile Validation => validation ??= new(Path.Combine(logDir, "validation"));

    /// <inheritdoc/>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public override void OnTrainBegin()
    {
        Close();
        batches = 0;
        if (writeGraph) Train.Text("keras", GraphJson.Write(Model.Description), "graph_keras_model", step: 0);
    }

    /// <inheritdoc/>
    public override void OnEpochBegin(int epoch)
    {
        batchesBefore = batches;
        epochStart = Stopwatch.GetTimestamp();
    }

    /// <inheritdoc/>
    public override void OnTrainBatchBegin(int batch) => batchStart = Stopwatch.GetTimestamp();

    /// <inheritdoc/>
    public override void OnTrainBatchEnd(int batch, Logs logs)
    {
        ArgumentNullException.ThrowIfNull(logs);
        batches++;
        if (updateEvery is null || !IsDue) return;
        if (writeStepsPerSecond)
            Train.Scalar("batch_steps_per_second", 1 / Stopwatch.GetElapsedTime(batchStart).TotalSeconds, batches);
        foreach ((string name, double value) in logs) Train.Scalar("batch_" + name, value, batches);
    }

    /// <inheritdoc/>
    public override void OnTestEnd(Logs logs)
    {
        ArgumentNullException.ThrowIfNull(logs);
        if (Model.Optimizer is not { } optimizer || !IsDue) return;
        foreach ((string name, double value) in logs)
            Validation.Scalar($"evaluation_{name}_vs_iterations", value, optimizer.Iterations);
        Validation.Flush();
    }

    /// <inheritdoc/>
    public override void OnEpochEnd(int epoch, Logs logs)
    {
        ArgumentNullException.ThrowIfNull(logs);
        if (!IsDue) return;
        foreach ((string name, double value) in logs.Where(figure => !IsOfValidation(figure.Key) && figure.Key != "learning_rate"))
            Train.Scalar("epoch_" + name, value, epoch);
        Train.Scalar("epoch_learning_rate", Model.Optimizer!.LearningRate, epoch);
        if (writeStepsPerSecond)
        {
            double seconds = Stopwatch.GetElapsedTime(epochStart).TotalSeconds;
            Train.Scalar("epoch_steps_per_second", (batches - batchesBefore) / seconds, epoch);
        }

        foreach ((string name, double value) in logs.Where(figure => IsOfValidation(figure.Key)))
            Validation.Scalar("epoch_" + name["val_".Length..], value, epoch);
        if (histogramFreq > 0 && epoch % histogramFreq == 0)
        {
            foreach (ModelWeight weight in Model.Weights)
                Train.Histogram($"{Model.Name}/{weight.Path}/histogram", weight.Values, epoch);
        }

        train?.Flush();
        validation?.Flush();
    }

    /// <inheritdoc/>
    public override void OnTrainEnd() => Close();

    private static bool IsOfValidation(string name) => name.StartsWith("val_", StringComparison.Ordinal);

    private void Close()
    {
        train?.Dispose();
        validation?.Dispose();
        (train, validation) = (null, null);
    }
}
