using System.Diagnostics;
using System.Runtime.CompilerServices;
using CompiledNets.Numerics;

namespace CompiledNets.Benchmarks.Kernels;

/// <summary>What a core can do at most: chains of multiply-adds in registers, as many as hide their latency.</summary>
internal static class FmaPeak
{
    private const int Chains = 12;
    private const int Turns = 100_000;
    private const int Rounds = 100;

    /// <summary>Floating-point operations a second with vectors of one width; a multiply-add is two.</summary>
    public static double Measure(LaneWidth width) => width switch
    {
        LaneWidth.Lanes512 => Measure<Lanes512>(),
        LaneWidth.Lanes256 => Measure<Lanes256>(),
        _ => Measure<Lanes128>(),
    };

    private static double Measure<T>() where T : struct, ILanes<T>
    {
        double best = double.PositiveInfinity;
        float sum = 0;
        for (int round = 0; round < Rounds; round++)
        {
            long start = Stopwatch.GetTimestamp();
            sum += T.Sum(Run<T>(Turns));
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        if (!float.IsFinite(sum)) throw new InvalidOperationException("The chains left the range of numbers, where operations may take longer.");
        return 2.0 * T.Count * Chains * Turns / best;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static T Run<T>(int turns) where T : struct, ILanes<T>
    {
        T a = T.Zero, b = a, c = a, d = a, e = a, f = a, g = a, h = a, i = a, j = a, k = a, l = a;
        T factor = T.Splat(0.5f), term = T.Splat(1);
        for (int turn = 0; turn < turns; turn++)
        {
            a = T.Fma(a, factor, term);
            b = T.Fma(b, factor, term);
            c = T.Fma(c, factor, term);
            d = T.Fma(d, factor, term);
            e = T.Fma(e, factor, term);
            f = T.Fma(f, factor, term);
            g = T.Fma(g, factor, term);
            h = T.Fma(h, factor, term);
            i = T.Fma(i, factor, term);
            j = T.Fma(j, factor, term);
            k = T.Fma(k, factor, term);
            l = T.Fma(l, factor, term);
        }

        return a + b + c + d + e + f + g + h + i + j + k + l;
    }
}
