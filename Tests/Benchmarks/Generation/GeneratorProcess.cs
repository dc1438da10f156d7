using System.Diagnostics;
using System.Text.Json;

namespace CompiledNets.Benchmarks.Generation;

/// <summary>A process of its own for each source: what is compiled at run time is compiled anew in it.</summary>
internal static class GeneratorProcess
{
    /// <summary>
    /// The command that such a process starts with; the name of a source follows, and whether ours is the first generator.
    /// </summary>
    public const string Face = "generator-process";

    /// <summary>Measures a source in a fresh process.</summary>
    /// <exception cref="InvalidOperationException">The process failed.</exception>
    public static GeneratorTimes Measure(string source, bool isFirst)
    {
        ProcessStartInfo start = new(Environment.ProcessPath!,
            ProgramArguments.ForThisProgram([Face, source, isFirst.ToString()])) { RedirectStandardOutput = true };
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"The process that measures '{source}' ended with exit code {process.ExitCode}.");
        return JsonSerializer.Deserialize<GeneratorTimes>(output)!;
    }

    /// <summary>Is such a process; gives the exit code.</summary>
    public static int Run(string source, bool isFirst)
    {
        GeneratorTimes times = GeneratorTimes.Measure(NetworkSource.All.Single(item => item.Name == source).Text, isFirst);
        Console.WriteLine(JsonSerializer.Serialize(times));
        return 0;
    }
}
