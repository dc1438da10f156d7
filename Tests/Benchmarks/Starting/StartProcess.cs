using System.Diagnostics;
using System.Globalization;
using System.Runtime;
using System.Text.Json;
using CompiledNets.Benchmarks.Networks;

namespace CompiledNets.Benchmarks.Starting;

/// <summary>A fresh process that makes a small network, trains it a step, and predicts.</summary>
internal static class StartProcess
{
    /// <summary>The command that such a process starts with; the time at which it was started follows.</summary>
    public const string Face = "start-process";

    private const string JitOutput = "DOTNET_JitStdOutFile", JitSummary = "DOTNET_JitDisasmSummary";

    /// <summary>Measures one.</summary>
    /// <param name="methods">A file for the names of the methods that are compiled, which takes time; null for none.</param>
    /// <returns>The stages.</returns>
    /// <exception cref="InvalidOperationException">The process failed.</exception>
    public static StartStage[] Measure(string? methods = null)
    {
        long now = Stopwatch.GetTimestamp();
        IEnumerable<string> args = ProgramArguments.ForThisProgram([Face, now.ToString(CultureInfo.InvariantCulture)]);
        ProcessStartInfo start = new(Environment.ProcessPath!, args) { RedirectStandardOutput = true };
        if (methods is not null)
        {
            start.Environment[JitOutput] = methods;
            start.Environment[JitSummary] = "1";
        }

        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"The process that starts a network ended with exit code {process.ExitCode}.");
        return JsonSerializer.Deserialize<StartStage[]>(output)!;
    }

    /// <summary>Is such a process; gives the exit code. The clock is the same in all processes.</summary>
    public static int Run(string startedAt)
    {
        double runtime = Stopwatch.GetElapsedTime(long.Parse(startedAt, CultureInfo.InvariantCulture)).TotalSeconds;
        StartStage[] stages = new StartStage[7];
        stages[0] = new("start of the runtime", runtime, JitInfo.GetCompilationTime().TotalSeconds, JitInfo.GetCompiledMethodCount());
        IonosphereNet model = null!;
        float[] rows = new float[32 * 34], targets = new float[32], outputs = new float[32];
        stages[1] = StartStage.Measure("new IonosphereNet()", () => model = new(1));
        stages[2] = StartStage.Measure("Compile", () => model.Compile("adam", "binary_crossentropy"));
        stages[3] = StartStage.Measure("first TrainOnBatch", () => model.TrainOnBatch(rows, targets));
        stages[4] = StartStage.Measure("second TrainOnBatch", () => model.TrainOnBatch(rows, targets));
        stages[5] = StartStage.Measure("first Predict of 32 rows", () => model.Predict(rows, outputs));
        stages[6] = StartStage.Measure("first Predict of a row", () => model.Predict(rows.AsSpan(0, 34), outputs.AsSpan(0, 1)));
        Console.WriteLine(JsonSerializer.Serialize(stages));
        return 0;
    }
}
