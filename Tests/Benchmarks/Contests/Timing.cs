using CompiledNets.Benchmarks.Measuring;

namespace CompiledNets.Benchmarks.Contests;

/// <summary>What a contender takes.</summary>
/// <param name="Best">Seconds of its best reading.</param>
/// <param name="Turns">Seconds by turn, the median of its readings.</param>
internal sealed record Timing(double Best, IReadOnlyList<double> Turns)
{
    /// <summary>The median of its turns.</summary>
    public double Median { get; } = Statistics.Median(Turns);

    /// <summary>Sums turns up.</summary>
    /// <param name="turns">By turn, its readings.</param>
    public static Timing Of(IReadOnlyList<double[]> turns) =>
        new(turns.Min(readings => readings.Min()), [.. turns.Select(Statistics.Median)]);

    /// <summary>The middle half of how many times longer this takes than another, round by round.</summary>
    public (double Low, double High) MiddleHalfBy(Timing other)
    {
        double[] ratios = [.. Turns.Zip(other.Turns, (own, others) => own / others)];
        return (Statistics.Quantile(ratios, 0.25), Statistics.Quantile(ratios, 0.75));
    }
}
