using System.Runtime.Intrinsics;
using CompiledNets.Benchmarks.Measuring;
using CompiledNets.Numerics;

namespace CompiledNets.Benchmarks.Kernels;

/// <summary>
/// The face <c>kernels</c>: every pass of every layer on one thread, its best time and what share that is of the multiply-adds that a
/// core could have done meanwhile, for each width of vectors. Best times, because the peak is one.
/// </summary>
internal static class KernelsFace
{
    private const double ReadingSeconds = 0.002;

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(0.02);

    /// <summary>Runs it; gives the exit code.</summary>
    public static int Run(BenchmarkOptions options)
    {
        foreach (LaneWidth width in Widths().Take(options.IsQuick ? 1 : int.MaxValue))
        {
            double peak = FmaPeak.Measure(width, cores: 1);
            Console.WriteLine($"{(int)width * 32} bits: a core does {peak / 1e9:F1} GFLOP/s at most");
            Table table = new(
                ("layer", 13), ("shape", 31), ("forward, us", 11), ("%", 6), ("input gradient, us", 18), ("%", 6),
                ("weight gradient, us", 19), ("%", 6));
            IEnumerable<LayerNetwork> layers = LayerNetwork.All.Where(layer => !options.IsQuick || layer.IsQuick);
            foreach (LayerNetwork layer in layers.Where(layer => options.Wants(layer.Name)))
            {
                LayerPasses passes = new(layer, width);
                Action[] each = [passes.Forward, passes.InputGradient, passes.WeightGradient];
                double[] seconds = [.. each.Select(pass => Best(pass, options.TimeForRow / 3))];
                table.Row(
                    [layer.Name, layer.Shape,
                    .. seconds.SelectMany(time => new[] { Figures.Microseconds(time), Peaks.Share(layer.Operations, time, peak) })]);
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
        Readings readings = new(Times, ReadingSeconds);
        return readings.Take(WarmUp, time).Min();

        void Times(int times)
        {
            for (int i = 0; i < times; i++) pass();
        }
    }
}
