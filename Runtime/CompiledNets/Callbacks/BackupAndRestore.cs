using System.Buffers;
using System.Globalization;
using System.Text.Json;
using CompiledNets.Files;

namespace CompiledNets;

/// <summary>
/// Backs training up, so that one that was interrupted goes on: a call of <c>Fit</c> with the same data and the same folder begins where
/// the backup was made, with the bits of a training that was never interrupted. The folder goes when training has come to its end.
/// </summary>
/// <remarks>
/// The folder has the weights with the state of the training (safetensors) and <c>training_metadata.json</c>, which says where training
/// was and in which file the weights are; it is replaced when that file is complete, so that a kill at any moment leaves a backup whole.
/// The figures of an epoch that was interrupted are those of what is left of it. Callbacks have no part in the backup.
/// </remarks>
public sealed class BackupAndRestore : Callback
{
    private const string MetadataName = "training_metadata.json", OlderEnding = ".bkp", WeightsEnding = ".safetensors";

    private readonly string backupDir;
    private readonly SaveFrequency frequency;
    private readonly bool doubleCheckpoint;
    private readonly bool deleteCheckpoint;

    /// <summary>Makes the callback.</summary>
    /// <param name="backupDir">The folder, which is for this training alone.</param>
    /// <param name="saveFreq"><c>epoch</c>, or a number of batches, those of several epochs counted.</param>
    /// <param name="doubleCheckpoint">Whether the backup before the last is kept too, to go on from where the last is damaged.</param>
    /// <param name="deleteCheckpoint">Whether the folder is removed when training has come to its end.</param>
    /// <exception cref="ArgumentException">The folder has no name, or the frequency is none.</exception>
    public BackupAndRestore(
        string backupDir, string saveFreq = "epoch", bool doubleCheckpoint = false, bool deleteCheckpoint = true)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(backupDir);
        this.backupDir = backupDir;
        frequency = new(saveFreq);
        this.doubleCheckpoint = doubleCheckpoint;
        this.deleteCheckpoint = deleteCheckpoint;
    }

    private string Metadata => Path.Combine(backupDir, MetadataName);

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">A backup is there, and is damaged or of another network.</exception>
    /// <exception cref="InvalidOperationException">A backup is there, and is of other data.</exception>
    public override void OnTrainBegin()
    {
        frequency.Reset();
        Directory.CreateDirectory(backupDir);
        if (File.Exists(Metadata) && (!doubleCheckpoint || !File.Exists(Metadata + OlderEnding))) Restore(Metadata);
        else if (File.Exists(Metadata)) RestoreOneOfTwo();
        else if (File.Exists(Metadata + OlderEnding)) Restore(Metadata + OlderEnding);
    }

    /// <inheritdoc/>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public override void OnTrainBatchEnd(int batch, Logs logs)
    {
        if (frequency.Counts()) Save();
    }

    /// <inheritdoc/>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public override void OnEpochEnd(int epoch, Logs logs)
    {
        if (frequency.IsEpoch) Save();
    }

    /// <inheritdoc/>
    public override void OnTrainEnd()
    {
        if (!deleteCheckpoint || !Directory.Exists(backupDir)) return;
        // The pointer goes first: what is left after a kill then is no backup.
        File.Delete(Metadata);
        File.Delete(Metadata + OlderEnding);
        Directory.Delete(backupDir, recursive: true);
    }

    private void Save()
    {
        TrainingPlace place = Run!.Place;
        string weights = string.Create(CultureInfo.InvariantCulture, $"{place.Epoch}-{place.Batch}{WeightsEnding}");
        Model.SaveWeights(Path.Combine(backupDir, weights));
        string? before = File.Exists(Metadata) ? WeightsOf(Metadata) : null;
        if (doubleCheckpoint && before is not null) File.Copy(Metadata, Metadata + OlderEnding, overwrite: true);
        AtomicFile.Write(Metadata, stream => Write(stream, place, weights));
        foreach (string file in Directory.GetFiles(backupDir, "*" + WeightsEnding))
        {
            string name = Path.GetFileName(file);
            if (name != weights && !(doubleCheckpoint && name == before)) File.Delete(file);
        }
    }

    private static void Write(Stream stream, TrainingPlace place, string weights)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteNumber("epoch", place.Epoch);
            json.WriteNumber("batch", place.Batch);
            json.WriteNumber("position", place.Position);
            json.WriteNumber("samples", place.Samples);
            json.WriteNumber("batch_size", place.BatchSize);
            json.WriteString("weights", weights);
            json.WriteEndObject();
        }

        stream.Write(bytes.WrittenSpan);
    }

    private void RestoreOneOfTwo()
    {
        try
        {
            Restore(Metadata);
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException)
        {
            Warning.Print($"the last backup cannot be read; training goes on from the one before it. {exception.Message}");
            Restore(Metadata + OlderEnding);
        }
    }

    private void Restore(string metadata)
    {
        (TrainingPlace place, string weights) = Read(metadata);
        Run!.CheckPlace(place, metadata);
        Model.LoadWeights(Path.Combine(backupDir, weights));
        Run.GoOnFrom(place);
    }

    // What it names lies in the folder.
    private static string WeightsOf(string metadata) => Path.GetFileName(Read(metadata).Weights);

    private static (TrainingPlace Place, string Weights) Read(string metadata)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(metadata));
            JsonElement root = json.RootElement;
            var place = new TrainingPlace(Number("epoch"), Number("batch"), Number("position"), Number("samples"), Number("batch_size"));
            return (place, Path.GetFileName(root.GetProperty("weights").GetString() ?? ""));

            int Number(string name) => root.GetProperty(name).GetInt32();
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException
            or FormatException)
        {
            throw new InvalidDataException($"{metadata}: it does not say where a training was. {exception.Message}", exception);
        }
    }
}
