using CompiledNets.Benchmarks.Measuring;

namespace CompiledNets.Benchmarks.Generation;

/// <summary>The face <c>generator</c>: what the compiler takes for the networks of the samples, and how much it writes.</summary>
internal static class GeneratorFace
{
    private const int Processes = 5;

    /// <summary>Runs it; gives the exit code.</summary>
    public static int Run(BenchmarkOptions options)
    {
        Table table = new(
            ("network", 16), ("first run, ms", 13), ("as first generator, ms", 22), ("later, ms", 9), ("other file edited, ms", 21),
            ("from cache", 10), ("text, KB", 8), ("lines", 6));
        int processes = options.IsQuick ? 1 : Processes;
        IEnumerable<NetworkSource> sources = NetworkSource.All.Where(source => options.Wants(source.Name));
        foreach (NetworkSource source in options.IsQuick ? sources.Take(1) : sources)
        {
            GeneratorTimes times = MedianOf(source, processes, isFirst: false);
            table.Row(
                source.Name, Milliseconds(times.Cold), Milliseconds(MedianOf(source, processes, isFirst: true).Cold),
                Milliseconds(times.Warm), Milliseconds(times.Edited), times.IsCached ? "yes"
                : "no", Figures.Digits(times.Bytes / 1024.0), $"{times.Lines}");
        }

        return 0;
    }

    // The process whose first run is the median of several.
    private static GeneratorTimes MedianOf(NetworkSource source, int processes, bool isFirst) =>
        Enumerable.Range(0, processes)
            .Select(_ => GeneratorProcess.Measure(source.Name, isFirst))
            .OrderBy(times => times.Cold)
            .ElementAt(processes / 2);

    private static string Milliseconds(double seconds) => Figures.Digits(seconds * 1e3);
}
