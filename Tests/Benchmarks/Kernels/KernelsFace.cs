using System.Diagnostics;
using System.Runtime.Intrinsics;
using CompiledNets.Benchmarks.Measuring;
using CompiledNets.Numerics;

namespace CompiledNets.Benchmarks.Kernels;

/// <summary>
/// The face <c>kernels</c>: every pass of every layer on one thread, its best time and what share that is of the multiply-adds that a core could have done meanwhile, for each width of vectors.
/// Best times, because the peak is one.
/// </summary>
internal static class KernelsFace
{
    private const double TurnSeconds = 0.002;
    private const int LeastTurns = 10;

    /// <summary>Runs it; gives the exit code.</summary>
    public static int Run(BenchmarkOptions options)
    {
        MachineHeader.Print(threads: 1);
        foreach (LaneWidth width in Widths())
        {
            double peak = FmaPeak.Measure(width);
            Console.WriteLine($"{(int)width * 32} bits: a core does {peak / 1e9:F1} GFLOP/s at most");
            Table table = new(("layer", 13), ("shape", 14), ("forward, us", 11), ("%", 5), ("input gradient, us", 18), ("%", 5), ("weight gradient, us", 19), ("%", 5));
            foreach (LayerNetwork layer in LayerNetwork.All.Where(layer => options.Wants(layer.Name)))
            {
                LayerPasses passes = new(layer, width);
                double[] seconds = [.. new Action[] { passes.Forward, passes.InputGradient, passes.WeightGradient }.Select(pass => Best(pass, options.TimeForRow / 3))];
                table.Row([layer.Name, $"{layer.Batch}x{layer.Inputs}x{layer.Units}", .. seconds.SelectMany(time => new[] { Figures.Microseconds(time), Figures.Percent(layer.Operations / time / peak) })]);
            }

            Console.WriteLine();
        }

        return 0;
    }

    private static IEnumerable<LaneWidth> Widths()
    {
        if (Vector512.IsHardwareAccelerated) yield return LaneWidth.Lanes512;
        if (Vector256.IsHardwareAccelerated) yield return LaneWidth.Lanes256;
        yield return LaneWidth.Lanes128;
    }

    private static double Best(Action pass, TimeSpan time)
    {
        double best = Turn(pass, 1);
        int times = 1;
        long start = Stopwatch.GetTimestamp();
        for (int turn = 0; turn < LeastTurns || Stopwatch.GetElapsedTime(start) < time; turn++)
        {
            best = Math.Min(best, Turn(pass, times));
            times = Math.Max(1, (int)(TurnSeconds / best));
        }

        return best;
    }

    private static double Turn(Action pass, int times)
    {
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < times; i++) pass();
        return Stopwatch.GetElapsedTime(start).TotalSeconds / times;
    }
}
