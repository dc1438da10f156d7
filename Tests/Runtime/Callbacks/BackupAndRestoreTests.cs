using System.Diagnostics;
using CompiledNets.Harness;
using CompiledNets.Tests.Training;

namespace CompiledNets.Tests.Callbacks;

/// <summary>A training that was interrupted goes on with the bits of one that was not.</summary>
public sealed class BackupAndRestoreTests
{
    [Theory]
    [InlineData("1", true, null)]
    [InlineData("1", false, null)]
    [InlineData("3", true, null)]
    [InlineData("epoch", true, null)]
    [InlineData("2", true, 4)]
    public void It_may_be_interrupted_at_any_batch(string saveFreq, bool shuffle, int? stepsPerEpoch)
    {
        float[] expected = Weights(Fit(shuffle, stepsPerEpoch));
        // Six batches of data; an epoch of four leaves two to the next.
        int batches = stepsPerEpoch is null ? 18 : 4 + 2 + 4;
        for (int at = 0; at < batches; at++)
        {
            using Scripted.Folder folder = new();
            string backup = folder.File("backup");
            int seen = 0;
            LambdaCallback cut = new(onTrainBatchEnd: (_, _) =>
            {
                if (seen++ == at) throw new IOException("power cut");
            });
            Assert.Throws<IOException>(() => Fit(shuffle, stepsPerEpoch, new BackupAndRestore(backup, saveFreq), cut));
            // In a network of its own, as in another process.
            WideNet again = Fit(shuffle, stepsPerEpoch, new BackupAndRestore(backup, saveFreq));
            Assert.Equal(expected, Weights(again));
            Assert.False(Directory.Exists(backup));
        }
    }

    [Fact]
    public void The_history_is_that_of_the_epochs_that_are_left()
    {
        using Scripted.Folder folder = new();
        string backup = folder.File("backup");
        LambdaCallback cut = new(onEpochEnd: (epoch, _) =>
        {
            if (epoch == 1) throw new IOException("power cut");
        });
        Assert.Throws<IOException>(() => Fit(true, null, new BackupAndRestore(backup), cut));
        Assert.Equal(["2-0.safetensors", "training_metadata.json"], Directory.GetFiles(backup).Select(Path.GetFileName)
            .Order(StringComparer.Ordinal));
        WideNet model = Compiled();
        History history = model.Fit(Examples.Classes(90, 64), batchSize: 16, epochs: 3, verbose: Verbose.Silent,
            callbacks: [new BackupAndRestore(backup)]);
        Assert.Equal([2], history.Epochs);
    }

    [Fact]
    public void A_damaged_backup_gives_way_to_the_one_before_it()
    {
        using Scripted.Folder folder = new();
        string backup = folder.File("backup");
        LambdaCallback cut = new(onTrainBatchEnd: (batch, _) =>
        {
            if (batch == 4) throw new IOException("power cut");
        });
        Assert.Throws<IOException>(() => Fit(true, null, new BackupAndRestore(backup, "1", doubleCheckpoint: true), cut));
        string[] files = [.. Directory.GetFiles(backup, "*.safetensors").Order(StringComparer.Ordinal)];
        Assert.Equal(["0-4.safetensors", "0-5.safetensors"], files.Select(Path.GetFileName));
        File.WriteAllBytes(files[1], File.ReadAllBytes(files[1])[..100]);
        Assert.Equal(Weights(Fit(true, null)), Weights(Fit(true, null, new BackupAndRestore(backup, "1", doubleCheckpoint: true))));
    }

    [Fact]
    public void A_backup_of_other_data_is_told()
    {
        using Scripted.Folder folder = new();
        string backup = folder.File("backup");
        Fit(true, null, new BackupAndRestore(backup, deleteCheckpoint: false));
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => Compiled().Fit(
            Examples.Classes(50, 64), batchSize: 16, verbose: Verbose.Silent, callbacks: [new BackupAndRestore(backup)]));
        Assert.Contains("90 samples in batches of 16, but there are 50", error.Message, StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(backup, "training_metadata.json"), "{\"epoch\": 1}");
        Assert.Throws<InvalidDataException>(() => Fit(true, null, new BackupAndRestore(backup)));
        Assert.Contains("\"often\"", Assert.Throws<ArgumentException>(() => new BackupAndRestore(backup, "often")).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_process_that_is_killed_at_random_moments_comes_to_the_same_end()
    {
        using Scripted.Folder folder = new();
        string expected = Run([], null)!;
        Random random = new(1);
        int kills = 0;
        string? output = null;
        while (output is null)
        {
            output = Run([folder.File("backup")], kills < 25 ? TimeSpan.FromMilliseconds(150 + random.Next(350)) : null);
            if (output is null) kills++;
        }

        Assert.Equal(expected, output);
    }

    // What it prints; null where it was killed.
    private static string? Run(string[] arguments, TimeSpan? killAfter)
    {
        string output = Path.GetFileName(Path.GetDirectoryName(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar))!);
        string program =
            Path.Combine(SharedFolder.RepositoryRoot, "Tests", "Interrupted", "bin", output, "net10.0", "CompiledNets.Interrupted.dll");
        ProcessStartInfo start =
            new("dotnet", ["exec", program, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync(), text = process.StandardOutput.ReadToEndAsync();
        if (killAfter is { } time && !process.WaitForExit(time))
        {
            process.Kill();
            process.WaitForExit();
            return null;
        }

        process.WaitForExit();
        Assert.True(process.ExitCode == 0, errors.Result);
        return text.Result;
    }

    private static WideNet Fit(bool shuffle, int? stepsPerEpoch, params Callback[] callbacks)
    {
        WideNet model = Compiled();
        model.Fit(Examples.Classes(90, 64), batchSize: 16, epochs: 3, verbose: Verbose.Silent, shuffle: shuffle,
            stepsPerEpoch: stepsPerEpoch, callbacks: callbacks);
        return model;
    }

    private static WideNet Compiled()
    {
        WideNet model = new(seed: 5);
        model.Compile(new Adam(new ExponentialDecay(0.01, 10, 0.5)), "sparse_categorical_crossentropy", "accuracy");
        return model;
    }

    private static float[] Weights(WideNet model) => [.. model.Weights.SelectMany(weight => weight.Values.ToArray())];
}
