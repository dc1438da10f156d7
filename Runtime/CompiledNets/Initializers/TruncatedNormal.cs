namespace CompiledNets.Initializers;

/// <summary>
/// Starts a weight as numbers that are normally distributed and lie within two standard deviations of the mean; those beyond are drawn
/// again, which makes the deviation 0.8796 times as large.
/// </summary>
public sealed class TruncatedNormal : RandomInitializer
{
    /// <summary>Makes the initializer.</summary>
    /// <param name="mean">The mean.</param>
    /// <param name="stddev">The standard deviation before the cut.</param>
    /// <param name="seed">A seed of its own; null for one from the network.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is not finite, or the deviation is negative.</exception>
    public TruncatedNormal(double mean = 0, double stddev = 0.05, int? seed = null)
        : base(seed)
    {
        Mean = Checked(mean, true, nameof(mean), "a finite number");
        Stddev = Checked(stddev, stddev >= 0, nameof(stddev), "a finite number and not negative");
    }

    /// <summary>The mean.</summary>
    public double Mean { get; }

    /// <summary>The standard deviation before the cut.</summary>
    public double Stddev { get; }

    /// <inheritdoc/>
    protected override void Draw(Span<float> values, ReadOnlySpan<int> shape, ulong key) =>
        RandomNumbers.TruncatedNormal(values, Mean, Stddev, key);
}
