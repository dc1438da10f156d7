using System.Diagnostics;

namespace CompiledNets.Benchmarks.Measuring;

/// <summary>
/// Two contenders in alternation, in many short turns: what the machine does beside hits both alike, and the medians leave it out.
/// </summary>
/// <param name="Ours">Seconds that our side takes, the median of its turns.</param>
/// <param name="Peer">Seconds that the other side takes; not a number where there is none.</param>
/// <param name="Low">Quarter of the rounds in which the peer took less than this multiple of our time.</param>
/// <param name="High">Quarter of the rounds in which it took more than this one.</param>
internal sealed record Contest(double Ours, double Peer, double Low, double High)
{
    private const double TurnSeconds = 0.02;
    private const double WarmUpSeconds = 0.4;
    private const int LeastRounds = 7;

    /// <summary>Threads that wait for more work spin for a while after the last, those of ONNX Runtime for tens of milliseconds: they must not do so in the other side's turn.</summary>
    private static readonly TimeSpan PauseOfThreads = TimeSpan.FromMilliseconds(80);

    /// <summary>The ratio of the medians: how many times longer the peer takes.</summary>
    public double Ratio => Peer / Ours;

    /// <summary>Lets both work, or ours alone where there is no peer.</summary>
    public static Contest Run(Contender ours, Contender? peer, int threads, TimeSpan time)
    {
        TimeSpan pause = threads > 1 ? PauseOfThreads : TimeSpan.Zero;
        int ourTimes = WarmUp(ours), peerTimes = peer is null ? 0 : WarmUp(peer);
        List<double> ourTurns = [], peerTurns = [];
        long start = Stopwatch.GetTimestamp();
        while (ourTurns.Count < LeastRounds || Stopwatch.GetElapsedTime(start) < time)
        {
            ourTurns.Add(Turn(ours, ourTimes, pause));
            if (peer is not null) peerTurns.Add(Turn(peer, peerTimes, pause));
        }

        if (peer is null) return new(Statistics.Median(ourTurns), double.NaN, double.NaN, double.NaN);
        double[] ratios = [.. peerTurns.Zip(ourTurns, (other, own) => other / own)];
        return new(Statistics.Median(ourTurns), Statistics.Median(peerTurns), Statistics.Quantile(ratios, 0.25), Statistics.Quantile(ratios, 0.75));
    }

    // Until everything is compiled at its best; gives how often the work fits into a turn.
    private static int WarmUp(Contender contender)
    {
        int times = 1;
        double seconds = Time(contender, times), total = seconds;
        while (total < WarmUpSeconds || seconds < TurnSeconds / 4)
        {
            if (seconds < TurnSeconds / 4) times *= 2;
            seconds = Time(contender, times);
            total += seconds;
        }

        return Math.Max(1, (int)(times * TurnSeconds / seconds));
    }

    private static double Turn(Contender contender, int times, TimeSpan pause)
    {
        Thread.Sleep(pause);
        contender.Run(Math.Max(1, times / 10));
        return Time(contender, times) / times;
    }

    private static double Time(Contender contender, int times)
    {
        long start = Stopwatch.GetTimestamp();
        contender.Run(times);
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
