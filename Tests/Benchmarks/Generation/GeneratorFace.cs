using CompiledNets.Benchmarks.Measuring;

namespace CompiledNets.Benchmarks.Generation;

/// <summary>The face <c>generator</c>: what the compiler takes for the networks of the samples, and how much it writes.</summary>
internal static class GeneratorFace
{
    /// <summary>Runs it; gives the exit code.</summary>
    public static int Run(BenchmarkOptions options)
    {
        MachineHeader.Print(threads: 1);
        Table table = new(("network", 16), ("first run, ms", 13), ("later, ms", 9), ("other file edited, ms", 21), ("from cache", 10), ("text, KB", 8), ("lines", 6));
        foreach (NetworkSource source in NetworkSource.All.Where(source => options.Wants(source.Name)))
        {
            GeneratorTimes times = GeneratorProcess.Measure(source.Name);
            table.Row(
                source.Name, Milliseconds(times.Cold), Milliseconds(times.Warm), Milliseconds(times.Edited), times.IsCached ? "yes" : "no", Figures.Digits(times.Bytes / 1024.0), $"{times.Lines}");
        }

        return 0;
    }

    private static string Milliseconds(double seconds) => Figures.Digits(seconds * 1e3);
}
