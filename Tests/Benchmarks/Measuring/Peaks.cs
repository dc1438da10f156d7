using CompiledNets.Numerics;

namespace CompiledNets.Benchmarks.Measuring;

/// <summary>
/// The peaks of this run, by the number of cores, with the vectors that networks run with; and what share of them work is.
/// </summary>
internal sealed class Peaks
{
    /// <summary>Below it, a row whose arithmetic dominates is marked.</summary>
    private const double Least = 0.7;

    /// <summary>Operations of a call beyond which its arithmetic should dominate: below them, what a call costs otherwise tells.</summary>
    private const double Dominating = 1e6;

    /// <summary>What the mark of a share says.</summary>
    public static string Legend { get; } =
        $"* marks less than {Least * 100:F0} % of the peak where a call has more than {Dominating / 1e6:F0} MFLOP";

    private readonly Dictionary<int, double> peaks;

    private Peaks(Dictionary<int, double> peaks) => this.peaks = peaks;

    /// <summary>Floating-point operations a second of a number of cores.</summary>
    public double this[int cores] => peaks[cores];

    /// <summary>Measures them.</summary>
    public static Peaks Measure(IEnumerable<int> cores) =>
        new(cores.ToDictionary(count => count, count => FmaPeak.Measure(LaneWidths.Best, count)));

    /// <summary>The share as a table has it, a percentage: <c>*</c> behind it marks the row.</summary>
    /// <param name="operations">Floating-point operations of a call.</param>
    /// <param name="seconds">What it takes at best, as a peak is the best too.</param>
    /// <param name="peak">The peak.</param>
    public static string Share(double operations, double seconds, double peak)
    {
        double share = operations / seconds / peak;
        return Figures.Percent(share) + (operations > Dominating && share < Least ? "*" : " ");
    }
}
