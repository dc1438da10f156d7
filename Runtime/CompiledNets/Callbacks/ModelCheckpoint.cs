using System.Globalization;
using CompiledNets.Files;

namespace CompiledNets;

/// <summary>
/// Saves the network, or its weights, during training: after each epoch, each so many batches, or where a figure got better.
/// </summary>
public sealed class ModelCheckpoint : Callback
{
    private readonly string filepath;
    private readonly Monitor monitor;
    private readonly bool verbose;
    private readonly bool saveBestOnly;
    private readonly bool saveWeightsOnly;
    private readonly SaveFrequency frequency;
    private double? best;
    private int currentEpoch;

    /// <summary>Makes the callback.</summary>
    /// <param name="filepath">
    /// The file, of an ending that <see cref="Model.Save"/> knows, or <see cref="Model.SaveWeights"/> where only weights are saved. In
    /// braces it may have <c>epoch</c> and <c>batch</c>, from 1, and figures, with Python's forms:
    /// <c>{epoch:02d}-{val_loss:.2f}.safetensors</c>. Folders that are not there are created.
    /// </param>
    /// <param name="monitor">The figure that tells what is best.</param>
    /// <param name="verbose">Whether it says what it does: silent, or lines.</param>
    /// <param name="saveBestOnly">Whether it saves only where the figure got better.</param>
    /// <param name="saveWeightsOnly">Whether it saves weights alone.</param>
    /// <param name="mode">Which way is better; by default the metric is asked.</param>
    /// <param name="saveFreq"><c>epoch</c>, or a number of batches, those of several epochs counted.</param>
    /// <param name="initialValueThreshold">What the figure must beat at first; null for nothing.</param>
    /// <exception cref="ArgumentException">The path is empty, or the mode or the frequency is none.</exception>
    public ModelCheckpoint(
        string filepath, string monitor = "val_loss", Verbose verbose = Verbose.Silent, bool saveBestOnly = false,
        bool saveWeightsOnly = false, MonitorMode mode = MonitorMode.Auto, string saveFreq = "epoch", double? initialValueThreshold = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(filepath);
        this.filepath = filepath;
        this.monitor = Monitor.Of(nameof(ModelCheckpoint), monitor, mode, minDelta: 0);
        this.verbose = verbose != Verbose.Silent;
        this.saveBestOnly = saveBestOnly;
        this.saveWeightsOnly = saveWeightsOnly;
        frequency = new(saveFreq);
        best = initialValueThreshold;
    }

    /// <summary>The figure of what was saved as the best; null where nothing was.</summary>
    public double? Best => best;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">There is no form of file of the path's ending.</exception>
    public override void OnTrainBegin()
    {
        _ = ModelFormat.OfPath(filepath, saveWeightsOnly);
        if (saveBestOnly) monitor.Begin(Metrics!);
        frequency.Reset();
    }

    /// <inheritdoc/>
    public override void OnEpochBegin(int epoch) => currentEpoch = epoch;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The path has a field that there is not.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public override void OnTrainBatchEnd(int batch, Logs logs)
    {
        ArgumentNullException.ThrowIfNull(logs);
        if (frequency.Counts()) Save(currentEpoch, batch, logs);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The path has a field that there is not.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public override void OnEpochEnd(int epoch, Logs logs)
    {
        ArgumentNullException.ThrowIfNull(logs);
        if (frequency.IsEpoch) Save(epoch, null, logs);
    }

    private void Save(int epoch, int? batch, Logs logs)
    {
        List<KeyValuePair<string, double>> fields = [new("epoch", epoch + 1)];
        if (batch is { } number && !logs.ContainsKey("batch")) fields.Add(new("batch", number + 1));
        string path = FileTemplate.Fill(filepath, fields.Concat(logs.Where(figure => figure.Key != "epoch")));
        if (!IsToBeSaved(epoch, path, logs)) return;
        if (Path.GetDirectoryName(path) is { Length: > 0 } folder) Directory.CreateDirectory(folder);
        if (saveWeightsOnly) Model.SaveWeights(path);
        else Model.Save(path);
        Say(epoch, $"finished saving model to {path}");
    }

    private bool IsToBeSaved(int epoch, string path, Logs logs)
    {
        if (!saveBestOnly)
        {
            Say(epoch, $"saving model to {path}");
            return true;
        }

        if (!logs.TryGetValue(monitor.Name, out double current))
        {
            Warning.Print($"Can save best model only with {monitor.Name} available.");
            return true;
        }

        string before = best is { } old ? Figure(old) : "None";
        if (!monitor.IsBetter(current, best))
        {
            Say(epoch, $"{monitor.Name} did not improve from {before}");
            return false;
        }

        Say(epoch, $"{monitor.Name} improved from {before} to {Figure(current)}, saving model to {path}");
        best = current;
        return true;
    }

    private void Say(int epoch, string what)
    {
        if (verbose) Print(string.Create(CultureInfo.InvariantCulture, $"\nEpoch {epoch + 1}: {what}"));
    }

    private static string Figure(double number) =>
        double.IsFinite(number) ? number.ToString("F5", CultureInfo.InvariantCulture) : PythonNumber.Text(number);
}
