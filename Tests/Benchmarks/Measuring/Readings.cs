using System.Diagnostics;

namespace CompiledNets.Benchmarks.Measuring;

/// <summary>Measures work that can be done any number of times, in readings of some milliseconds.</summary>
/// <param name="run">Does the work a number of times.</param>
/// <param name="readingSeconds">How long a reading takes.</param>
internal sealed class Readings(Action<int> run, double readingSeconds = Readings.OfContenders)
{
    /// <summary>Seconds of a reading where contenders alternate: short, so that many are undisturbed.</summary>
    private const double OfContenders = 0.01;

    private const int Least = 3;

    private int times = 1;

    /// <summary>A turn: a head that is not counted, in which caches, clocks and threads become this work's, then readings.</summary>
    /// <returns>Seconds of a time, by reading.</returns>
    public double[] Take(TimeSpan warmUp, TimeSpan time)
    {
        WarmUp(warmUp);
        List<double> readings = [];
        long start = Stopwatch.GetTimestamp();
        while (readings.Count < Least || Stopwatch.GetElapsedTime(start) < time) readings.Add(Reading() / times);
        return [.. readings];
    }

    // Finds how often the work fits into a reading as well.
    private void WarmUp(TimeSpan warmUp)
    {
        long start = Stopwatch.GetTimestamp();
        double seconds;
        do
        {
            seconds = Reading();
            times = seconds < readingSeconds / 2 ? times * 2 : Math.Max(1, (int)(times * readingSeconds / seconds));
        }
        while (seconds < readingSeconds / 4 || Stopwatch.GetElapsedTime(start) < warmUp);
    }

    private double Reading()
    {
        long start = Stopwatch.GetTimestamp();
        run(times);
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
