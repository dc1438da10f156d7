using System.Diagnostics;

namespace CompiledNets.Benchmarks.Measuring;

/// <summary>
/// How long a cache line takes from one core to another. On virtual machines it changes by the minute, with the cores that the host picks,
/// and timings with two threads with it.
/// </summary>
internal static class CacheLineTransfer
{
    private const int Rounds = 41;
    private const int TripsInRound = 2000;

    /// <summary>Ints between the two counters: two lines, as some processors fetch lines in pairs.</summary>
    private const int Distance = 32;

    /// <summary>Seconds of one way, the median of many rounds.</summary>
    public static double Measure()
    {
        int[] counters = new int[3 * Distance];
        Thread other = new(() => Answer(counters)) { IsBackground = true };
        other.Start();
        List<double> rounds = [];
        for (int round = 0; round < Rounds; round++)
        {
            long start = Stopwatch.GetTimestamp();
            for (int trip = 1; trip <= TripsInRound; trip++) Ask(counters, (round * TripsInRound) + trip);
            rounds.Add(Stopwatch.GetElapsedTime(start).TotalSeconds / TripsInRound / 2);
        }

        other.Join();
        return Statistics.Median(rounds);
    }

    private static void Ask(int[] counters, int number)
    {
        Volatile.Write(ref counters[Distance], number);
        while (Volatile.Read(ref counters[2 * Distance]) != number)
        {
        }
    }

    private static void Answer(int[] counters)
    {
        for (int number = 1; number <= Rounds * TripsInRound; number++)
        {
            while (Volatile.Read(ref counters[Distance]) != number)
            {
            }

            Volatile.Write(ref counters[2 * Distance], number);
        }
    }
}
