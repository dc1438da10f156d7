using CompiledNets.Benchmarks.Kernels;
using CompiledNets.Benchmarks.Measuring;
using CompiledNets.Benchmarks.Networks;
using CompiledNets.Benchmarks.Peers;
using CompiledNets.Numerics;

namespace CompiledNets.Benchmarks.Scaling;

/// <summary>The face <c>scaling</c>: training steps of two dense layers over widths and batch sizes: time for a sample, and what share of the machine's multiply-adds that is.</summary>
internal static class ScalingFace
{
    private const int LargestBatch = 4096;

    /// <summary>Runs it; gives the exit code.</summary>
    public static int Run(BenchmarkOptions options)
    {
        foreach (int threads in options.Threads)
        {
            MachineHeader.Print(threads);
            double peak = FmaPeak.Measure(LaneWidths.Best) * threads;
            Console.WriteLine($"Peak of {threads} {(threads == 1 ? "core" : "cores")}: {peak / 1e9:F1} GFLOP/s");
            Table table = new(("width", 5), ("batch", 5), ("ours, us a sample", 17), ("%", 5), ("TorchSharp, us a sample", 23), ("%", 5), ("ratio", 7));
            foreach (BenchmarkNetwork network in WidthNetworks.All.Where(network => options.Wants($"{network.Features}")))
            {
                for (int batch = 1; batch <= LargestBatch; batch *= 2)
                {
                    Contest contest = Run(network, batch, threads, options.TimeForRow);
                    double work = 2 * network.TrainingWork * batch / peak;
                    table.Row(
                        $"{network.Features}", $"{batch}", Figures.Microseconds(contest.Ours / batch), Figures.Percent(work / contest.Ours),
                        Figures.Microseconds(contest.Peer / batch), Figures.Percent(work / contest.Peer), Figures.Digits(contest.Ratio));
                }
            }

            Console.WriteLine();
        }

        return 0;
    }

    private static Contest Run(BenchmarkNetwork network, int batch, int threads, TimeSpan time)
    {
        SampleRows rows = new(network, batch, batches: Math.Max(2, LargestBatch / batch));
        Model model = network.Compiled(threads);
        using Contender ours = new OurTraining(model, rows);
        using Contender? peer = TorchLibrary.Problem is null ? new TorchTraining(network, model, rows, threads) : null;
        return Contest.Run(ours, peer, threads, time);
    }
}
