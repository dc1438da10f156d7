using System.IO.Compression;
using System.Runtime.InteropServices;
using CompiledNets.Files;
using CompiledNets.Harness;
using CompiledNets.Keras.Files;
using CompiledNets.Tests;

namespace CompiledNets.Keras.Tests.Files;

/// <summary>Damaged files end in a clear error, within bounded time and memory.</summary>
public sealed class DamagedFileTests
{
    private static readonly string Folder = Path.Combine(SharedFolder.RepositoryRoot, "Tests", "Goldens", "files");

    [Fact]
    public void Any_change_is_read_or_refused_in_bounded_time_and_memory()
    {
        byte[][] files =
            [.. Directory.EnumerateFiles(Folder, "*.h5").Concat(Directory.EnumerateFiles(Folder, "*.keras")).Order(StringComparer.Ordinal)
            .Select(File.ReadAllBytes).Where(bytes => bytes.Length < 100_000)];
        Check(files, 100_000, () => bytes =>
        {
            using var file = KerasFile.Open(new MemoryStream(bytes));
            file.ReadEverything();
        });
    }

    [Fact]
    public void A_damaged_file_leaves_a_network_as_it_is()
    {
        using CompiledNetworks networks = CompiledNetworks.Compile(
            "using CompiledNets;\n[Network, Input(6), Dense(4), BatchNormalization, Dense(2)] public sealed partial class SmallNet;");
        Model saved = SavedTraining.Compiled(networks, "SmallNet", new Adam(0.003));
        SavedTraining.Train(saved, epochs: 1);
        byte[][] files = [.. new Action<Model, Stream>[] { KerasWriter.WriteZip, KerasWriter.WriteHdf5, KerasWriter.WriteWeights }
            .Select(write =>
            {
                using MemoryStream stream = new();
                write(saved, stream);
                return stream.ToArray();
            })];
        Check(files, 20_000, () =>
        {
            Model model = SavedTraining.Compiled(networks, "SmallNet", new Adam(0.003), seed: 5);
            string before = State(model);
            return bytes =>
            {
                try
                {
                    using var file = KerasFile.Open(new MemoryStream(bytes));
                    file.LoadWeights(model);
                    before = State(model);
                }
                catch (Exception exception) when (IsRefusal(exception))
                {
                    Assert.Equal(before, State(model));
                    throw;
                }
            };
        });
    }

    [Fact]
    public void Any_cut_is_refused()
    {
        byte[] whole = File.ReadAllBytes(Path.Combine(Folder, "save_example.h5")),
            zipped = File.ReadAllBytes(Path.Combine(Folder, "save_example.keras"));
        for (int length = 0; length < whole.Length; length += 101)
            Assert.Throws<InvalidDataException>(() => KerasFile.Open(new MemoryStream(whole[..length])));
        for (int length = 0; length < zipped.Length; length += 101)
            Assert.Throws<InvalidDataException>(() => KerasFile.Open(new MemoryStream(zipped[..length])));
    }

    [Fact]
    public void A_zip_bomb_and_a_path_that_leads_away_are_refused()
    {
        MemoryStream bomb = new();
        using (ZipArchive zip = new(bomb, ZipArchiveMode.Create, leaveOpen: true))
        {
            using Stream member = zip.CreateEntry("model.weights.h5", CompressionLevel.SmallestSize).Open();
            byte[] zeros = new byte[1_000_000];
            for (int i = 0; i < 300; i++) member.Write(zeros);
        }

        bomb.Position = 0;
        InvalidDataException refused = Assert.Throws<InvalidDataException>(() => KerasFile.Open(bomb));
        Assert.Contains("model.weights.h5", refused.Message, StringComparison.Ordinal);
        MemoryStream away = new();
        using (ZipArchive zip = new(away, ZipArchiveMode.Create, leaveOpen: true)) zip.CreateEntry("../model.weights.h5");
        away.Position = 0;
        refused = Assert.Throws<InvalidDataException>(() => KerasFile.Open(away));
        Assert.Contains("no member 'model.weights.h5'", refused.Message, StringComparison.Ordinal);
    }

    private static void Check(IReadOnlyList<byte[]> files, int times, Func<Action<byte[]>> open)
    {
        IReadOnlyList<string> problems = Damage.Judge(files, times, open, IsRefusal);
        Assert.True(problems.Count == 0, string.Join('\n', problems.Take(5)));
    }

    private static bool IsRefusal(Exception exception) => exception is InvalidDataException or KerasUnsupportedException;

    // Weights and optimizer, bit for bit.
    private static string State(Model model)
    {
        TrainingState state = model.GetTrainingState()!;
        IEnumerable<float[]> all = [.. model.Weights.Select(weight => weight.Values.ToArray()),
            .. state.Variables.Select(variable => variable.Values.ToArray())];
        return string.Join(' ', all.Select(values => Convert.ToHexString(MemoryMarshal.AsBytes(values.AsSpan()))))
            + $" {state.Iteration} {state.LearningRate}";
    }
}
