namespace CompiledNets.Initializers;

/// <summary>Starts a weight as numbers that are normally distributed.</summary>
public sealed class RandomNormal : RandomInitializer
{
    /// <summary>Makes the initializer.</summary>
    /// <param name="mean">The mean.</param>
    /// <param name="stddev">The standard deviation.</param>
    /// <param name="seed">A seed of its own; null for one from the network.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is not finite, or the deviation is negative.</exception>
    public RandomNormal(double mean = 0, double stddev = 0.05, int? seed = null)
        : base(seed)
    {
        Mean = Checked(mean, true, nameof(mean), "a finite number");
        Stddev = Checked(stddev, stddev >= 0, nameof(stddev), "a finite number and not negative");
    }

    /// <summary>The mean.</summary>
    public double Mean { get; }

    /// <summary>The standard deviation.</summary>
    public double Stddev { get; }

    /// <inheritdoc/>
    protected override void Draw(Span<float> values, ReadOnlySpan<int> shape, ulong key) => RandomNumbers.Normal(values, Mean, Stddev, key);
}
