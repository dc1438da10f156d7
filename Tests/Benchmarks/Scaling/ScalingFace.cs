using CompiledNets.Benchmarks.Contests;
using CompiledNets.Benchmarks.Measuring;
using CompiledNets.Benchmarks.Networks;
using CompiledNets.Benchmarks.Peers;

namespace CompiledNets.Benchmarks.Scaling;

/// <summary>
/// The face <c>scaling</c>: training steps of two dense layers over widths and batch sizes: time for a sample, and what share of the
/// machine's multiply-adds that is.
/// </summary>
internal static class ScalingFace
{
    private const int LargestBatch = 4096;
    private static readonly int[] QuickWidths = [64, 512], QuickBatches = [32];

    /// <summary>Runs it; gives the exit code.</summary>
    public static int Run(BenchmarkOptions options, Peaks peaks)
    {
        foreach (int threads in options.Threads)
        {
            Console.WriteLine($"{threads} {(threads == 1 ? "thread" : "threads")}");
            Table table = new(
                ("width", 5), ("batch", 5), ("ours, us a sample", 17), ("best", 7), ("% of peak", 9), ("TorchSharp, us a sample", 23),
                ("best", 7), ("%", 5), ("ratio", 7), ("of best", 7));
            foreach (BenchmarkNetwork network in Networks(options))
            {
                for (int batch = 1; batch <= LargestBatch; batch *= 2)
                {
                    if (options.IsQuick && !QuickBatches.Contains(batch)) continue;
                    Run(network, batch, threads, peaks[threads], options.TimeForRow, table);
                }
            }

            Console.WriteLine();
        }

        return 0;
    }

    private static IEnumerable<BenchmarkNetwork> Networks(BenchmarkOptions options) => WidthNetworks.All
        .Where(network => options.Wants(network.Name))
        .Where(network => !options.IsQuick || QuickWidths.Contains(network.Inputs[0].Features));

    private static void Run(BenchmarkNetwork network, int batch, int threads, double peak, TimeSpan time, Table table)
    {
        Assignment our = new(Side.Ours, Work.Train, network, batch, threads);
        using Contenders contenders = new([our, our with { Side = Side.TorchSharp }]);
        Agreement.Check($"{our.Name} of {batch}", contenders.Present, isTraining: false);
        Timing[] timings = Contest.Run(contenders.Present, time);
        Timing ours = timings[0];
        string[] own =
        [
            $"{network.Inputs[0].Features}", $"{batch}", Figures.Microseconds(ours.Median / batch), Figures.Microseconds(ours.Best / batch),
            Peaks.Share(our.Operations, ours.Best, peak),
        ];
        if (timings is not [_, Timing peer])
        {
            table.Row([.. own, contenders.Absent[0]]);
            return;
        }

        table.Row(
        [
            .. own, Figures.Microseconds(peer.Median / batch), Figures.Microseconds(peer.Best / batch),
            Figures.Percent(our.Operations / peer.Best / peak), Figures.Digits(peer.Median / ours.Median),
            Figures.Digits(peer.Best / ours.Best),
        ]);
    }
}
