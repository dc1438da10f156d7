using System.Diagnostics;
using System.Runtime.CompilerServices;
using CompiledNets.Numerics;

namespace CompiledNets.Benchmarks.Measuring;

/// <summary>
/// What cores can do at most: chains of multiply-adds in registers, as many as hide their latency and as 16 registers hold beside the
/// two operands that all share. The best of very many short rounds, as something interrupts most long ones: nothing may exceed a peak.
/// </summary>
internal static class FmaPeak
{
    private const int Chains = 12;

    /// <summary>
    /// Turns of a round, some 30 microseconds: long beside reading the clock, short beside what the machine does in between.
    /// </summary>
    private const int Turns = 20_000;

    private static readonly TimeSpan Time = TimeSpan.FromSeconds(0.4);

    /// <summary>
    /// Floating-point operations a second with vectors of one width, a multiply-add being two, of cores that all are busy.
    /// </summary>
    public static double Measure(LaneWidth width, int cores) => width switch
    {
        LaneWidth.Lanes512 => Measure<Lanes512>(cores),
        LaneWidth.Lanes256 => Measure<Lanes256>(cores),
        _ => Measure<Lanes128>(cores),
    };

    private static double Measure<T>(int cores) where T : struct, ILanes<T>
    {
        double[] best = new double[cores];
        int measuring = cores;
        using Barrier start = new(cores);
        Thread[] others = [.. Enumerable.Range(1, cores - 1).Select(core => new Thread(() => Work(core)))];
        foreach (Thread other in others) other.Start();
        Work(0);
        foreach (Thread other in others) other.Join();
        return best.Sum(seconds => 2.0 * T.Count * Chains * Turns / seconds);

        void Work(int core)
        {
            start.SignalAndWait();
            best[core] = BestRound<T>();
            Interlocked.Decrement(ref measuring);
            // A core alone may run at a higher clock: nobody rests while another one measures.
            while (Volatile.Read(ref measuring) > 0) Run<T>(Turns);
        }
    }

    private static double BestRound<T>() where T : struct, ILanes<T>
    {
        double best = double.PositiveInfinity;
        float sum = 0;
        long begin = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(begin) < Time)
        {
            long start = Stopwatch.GetTimestamp();
            T result = Run<T>(Turns);
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds);
            sum += T.Sum(result);
        }

        if (!float.IsFinite(sum))
            throw new InvalidOperationException("The chains left the range of numbers, where operations may take longer.");
        return best;
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
