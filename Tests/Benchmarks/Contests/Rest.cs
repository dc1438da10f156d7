using System.Diagnostics;

namespace CompiledNets.Benchmarks.Contests;

/// <summary>
/// When a process has come to rest. Threads that wait for more work spin for a while after the last, those of OpenMP and ONNX Runtime
/// for up to hundreds of milliseconds, and the runtime compiles in the background: none of it may reach into another contender's turn.
/// </summary>
internal static class Rest
{
    /// <summary>Several ticks of the clock by which the system counts the time of threads.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    private static readonly TimeSpan MostInInterval = TimeSpan.FromMilliseconds(1);

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    /// <summary>Waits for it.</summary>
    /// <exception cref="InvalidOperationException">Threads go on spinning.</exception>
    public static void Await()
    {
        for (long start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < Limit;)
        {
            TimeSpan before = Environment.CpuUsage.TotalTime;
            Thread.Sleep(Interval);
            if (Environment.CpuUsage.TotalTime - before < MostInInterval) return;
        }

        throw new InvalidOperationException(
            $"The process does not come to rest within {Limit.TotalSeconds} s of its turn: its threads would be in the turns of others.");
    }
}
