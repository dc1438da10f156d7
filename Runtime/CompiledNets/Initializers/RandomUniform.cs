namespace CompiledNets.Initializers;

/// <summary>Starts a weight as numbers that are uniform in a range.</summary>
public sealed class RandomUniform : RandomInitializer
{
    /// <summary>Makes the initializer.</summary>
    /// <param name="minval">Least number.</param>
    /// <param name="maxval">The numbers are less than this one, up to rounding.</param>
    /// <param name="seed">A seed of its own; null for one from the network.</param>
    /// <exception cref="ArgumentOutOfRangeException">The range is empty or not finite.</exception>
    public RandomUniform(double minval = -0.05, double maxval = 0.05, int? seed = null)
        : base(seed)
    {
        Minval = Checked(minval, true, nameof(minval), "a finite number");
        Maxval = Checked(maxval, maxval >= minval, nameof(maxval), "a finite number and not less than `minval`");
    }

    /// <summary>Least number.</summary>
    public double Minval { get; }

    /// <summary>The numbers are less than this one, up to rounding.</summary>
    public double Maxval { get; }

    /// <inheritdoc/>
    protected override void Draw(Span<float> values, ReadOnlySpan<int> shape, ulong key) =>
        RandomNumbers.Uniform(values, Minval, Maxval, key);
}
