using System.Diagnostics;
using CompiledNets.Harness;
using CompiledNets.Keras.Files;
using CompiledNets.Tests;

namespace CompiledNets.Keras.Tests.Files;

/// <summary>A process that ends while it saves leaves a whole file.</summary>
public sealed class InterruptedSaveTests
{
    private const int Kills = 12;

    [Theory]
    [InlineData("a.safetensors")]
    [InlineData("a.keras")]
    [InlineData("a.h5")]
    [InlineData("a.weights.h5")]
    public void A_file_is_whole_whenever_the_process_that_saves_it_is_killed(string name)
    {
        KerasFiles.Register();
        using CompiledNetworks networks = CompiledNetworks.Compile(
            "using CompiledNets;\n[Network, Input(256), Dense(512), Dense(256)] public sealed partial class SavedNet;");
        Model model = networks.Create("SavedNet");
        string folder = Directory.CreateTempSubdirectory("killed").FullName, path = Path.Combine(folder, name);
        Random random = new(1);
        int midst = 0;
        for (int i = 0; i < Kills; i++)
        {
            KillWhileSaving(path, random.Next(60_000));
            // What was begun lies beside it under a name of its own.
            string[] begun = Directory.GetFiles(folder, ".*.tmp");
            midst += begun.Length;
            foreach (string file in begun) File.Delete(file);
            Assert.Equal([path], Directory.GetFileSystemEntries(folder));

            // All weights of a file are one number, which grows from file to file.
            Assert.True(model.LoadWeights(path).IsComplete);
            float number = model.Weights[0].Values[0];
            Assert.True(number >= 1);
            foreach (ModelWeight weight in model.Weights) Assert.Equal(-1, weight.Values.IndexOfAnyExcept(number));
        }

        Assert.True(midst > 0, $"None of {Kills} processes was killed while it wrote.");
        Directory.Delete(folder, recursive: true);
    }

    private static void KillWhileSaving(string path, int microseconds)
    {
        using Process process = InterruptedProgram.Start("save", path);
        Task<string> errors = process.StandardError.ReadToEndAsync();
        // It says so when it has saved once.
        string? line = process.StandardOutput.ReadLine();
        long start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start).TotalMicroseconds < microseconds) Thread.Yield();
        process.Kill();
        process.WaitForExit();
        Assert.True(line == "saved", errors.Result);
    }
}
