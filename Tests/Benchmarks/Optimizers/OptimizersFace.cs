using CompiledNets.Benchmarks.Measuring;

namespace CompiledNets.Benchmarks.Optimizers;

/// <summary>
/// The face <c>optimizers</c>: a step of each on weights far beyond the caches, as a share of the speed at which memory is copied in
/// the same run.
/// </summary>
internal static class OptimizersFace
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(0.3);

    /// <summary>Runs it; gives the exit code.</summary>
    public static int Run(BenchmarkOptions options)
    {
        (string Name, Func<Optimizer> Create)[] optimizers =
        [
            ("Adam", () => new Adam()), ("AdamW", () => new AdamW()), ("RMSprop", () => new RMSprop()), ("SGD", () => new SGD()),
            ("SGD, momentum", () => new SGD(momentum: 0.9)),
        ];
        foreach (int threads in options.Threads)
        {
            double copied = CopyBandwidth.Measure(threads, options.TimeForRow / 2);
            string who = threads == 1 ? "1 thread copies" : $"{threads} threads copy";
            Console.WriteLine($"{who} {copied / 1e9:F2} GB/s at most, bytes read and written counted");
            Table table = new(
                ("optimizer", 14), ("threads", 7), ("bytes a parameter", 17), ("step, us", 9), ("best", 9), ("GB/s", 6), ("% of copy", 9));
            foreach ((string name, Func<Optimizer> create) in optimizers.Take(options.IsQuick ? 1 : optimizers.Length))
            {
                if (!options.Wants(name)) continue;
                OptimizerPass pass = new(create());
                double[] seconds = new Readings(times => pass.Steps(times, threads)).Take(WarmUp, options.TimeForRow);
                double speed = (double)pass.BytesOfParameter * OptimizerPass.ParameterCount / seconds.Min();
                table.Row(
                    name, $"{threads}", $"{pass.BytesOfParameter}", Figures.Microseconds(Statistics.Median(seconds)),
                    Figures.Microseconds(seconds.Min()), Figures.Digits(speed / 1e9), Figures.Percent(speed / copied));
            }

            Console.WriteLine();
        }

        return 0;
    }
}
