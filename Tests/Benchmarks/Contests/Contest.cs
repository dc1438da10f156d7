using System.Diagnostics;

namespace CompiledNets.Benchmarks.Contests;

/// <summary>Contenders in alternation, turn by turn: what the machine does beside hits all alike, and medians leave it out.</summary>
internal static class Contest
{
    private const int LeastRounds = 3;

    /// <summary>Until everything is compiled at its best: the runtime begins with that 0.1 s after the last new method.</summary>
    private static readonly TimeSpan FirstWarmUp = TimeSpan.FromSeconds(0.5);

    /// <summary>The head of a turn: thousands of times what it takes to fill the caches.</summary>
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(0.05);

    private static readonly TimeSpan TurnTime = TimeSpan.FromSeconds(0.1);

    /// <summary>Lets them work; gives what each takes, in their order.</summary>
    /// <param name="contenders">The processes.</param>
    /// <param name="time">How long the rounds go on.</param>
    public static Timing[] Run(IReadOnlyList<ContenderProcess> contenders, TimeSpan time)
    {
        foreach (ContenderProcess contender in contenders) contender.Turn(FirstWarmUp, TurnTime);
        List<double[]>[] turns = [.. contenders.Select(_ => new List<double[]>())];
        long start = Stopwatch.GetTimestamp();
        for (int round = 0; round < LeastRounds || Stopwatch.GetElapsedTime(start) < time; round++)
        {
            for (int i = 0; i < turns.Length; i++) turns[i].Add(contenders[i].Turn(WarmUp, TurnTime));
        }

        return [.. turns.Select(Timing.Of)];
    }
}
