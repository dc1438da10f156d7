using System.Diagnostics;
using CompiledNets.Benchmarks.Measuring;

namespace CompiledNets.Benchmarks.Optimizers;

/// <summary>
/// The face <c>optimizers</c>: a step of each on weights far beyond the caches, as a share of the speed at which memory is read and
/// written. All ways to do that take turns with the step, and the best so far counts, so that a step does not exceed it for what the
/// machine does meanwhile.
/// </summary>
internal static class OptimizersFace
{
    private const int LeastRounds = 5;

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(0.02), TurnTime = TimeSpan.FromSeconds(0.1);

    /// <summary>Runs it; gives the exit code.</summary>
    public static int Run(BenchmarkOptions options)
    {
        (string Name, Func<Optimizer> Create)[] optimizers =
        [
            ("Adam", () => new Adam()), ("AdamW", () => new AdamW()), ("RMSprop", () => new RMSprop()),
            ("SGD, momentum", () => new SGD(momentum: 0.9)),
        ];
        foreach (int threads in options.Threads)
        {
            Table table = new(
                ("optimizer", 14), ("threads", 7), ("bytes a parameter", 17), ("step, us", 9), ("best", 9), ("GB/s", 6),
                ("memory, GB/s", 12), ("% of memory", 11));
            MemoryPass[] passes = [.. Enum.GetValues<MemoryWay>().Select(way => new MemoryPass(way, threads))];
            Readings[] readings = [.. passes.Select(pass => new Readings(pass.Run))];
            double memory = 0;
            foreach ((string name, Func<Optimizer> create) in optimizers.Take(options.IsQuick ? 1 : optimizers.Length))
            {
                if (!options.Wants(name)) continue;
                EmbeddingUpdate update = new(threads);
        OptimizerPass pass = new(create());
                Readings steps = new(times => pass.Run(times, threads));
                List<double> seconds = [];
                long start = Stopwatch.GetTimestamp();
                for (int round = 0; round < LeastRounds || Stopwatch.GetElapsedTime(start) < options.TimeForRow; round++)
                {
                    for (int i = 0; i < passes.Length; i++)
                        memory = Math.Max(memory, passes[i].Bytes / readings[i].Take(WarmUp, TurnTime).Min());
                    seconds.AddRange(steps.Take(WarmUp, TurnTime));
                }

                double speed = (double)pass.BytesOfParameter * OptimizerPass.ParameterCount / seconds.Min();
                table.Row(
                    name, $"{threads}", $"{pass.BytesOfParameter}", Figures.Microseconds(Statistics.Median(seconds)),
                    Figures.Microseconds(seconds.Min()), Figures.Digits(speed / 1e9), Figures.Digits(memory / 1e9),
                    Figures.Percent(speed / memory));
            }

            Console.WriteLine();
            if (options.Wants("embedding")) Embedding(options, threads);
        }

        return 0;
    }

    // The gradient of a table reaches the rows that were looked up; the rule moves all of them, as any weight's.
    private static void Embedding(BenchmarkOptions options, int threads)
    {
        Table table = new(
            ("embedding", 24), ("threads", 7), ("step, us", 9), ("best", 9), ("gradient and update", 19), ("best", 9),
            ("Adam alone", 10), ("best", 9), ("of step", 7), ("of update", 9));
        EmbeddingStep step = new(threads);
        EmbeddingUpdate update = new(threads);
        OptimizerPass pass = new(new Adam(), EmbeddingNet.Rows * EmbeddingNet.Columns);
        Readings steps = new(step.Run), updates = new(times => update.Run(times, threads)), passes = new(times => pass.Run(times, threads));
        List<double> ours = [], updating = [], least = [];
        long start = Stopwatch.GetTimestamp();
        for (int round = 0; round < LeastRounds || Stopwatch.GetElapsedTime(start) < options.TimeForRow; round++)
        {
            ours.AddRange(steps.Take(WarmUp, TurnTime));
            updating.AddRange(updates.Take(WarmUp, TurnTime));
            least.AddRange(passes.Take(WarmUp, TurnTime));
        }

        table.Row(
            $"{EmbeddingNet.Rows} x {EmbeddingNet.Columns}, {EmbeddingStep.Batch} x {EmbeddingNet.Steps}", $"{threads}",
            Figures.Microseconds(Statistics.Median(ours)), Figures.Microseconds(ours.Min()),
            Figures.Microseconds(Statistics.Median(updating)), Figures.Microseconds(updating.Min()),
            Figures.Microseconds(Statistics.Median(least)), Figures.Microseconds(least.Min()),
            Figures.Digits(ours.Min() / least.Min()), Figures.Digits(updating.Min() / least.Min()));
        Console.WriteLine();
    }
}
