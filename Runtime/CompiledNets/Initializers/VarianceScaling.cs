namespace CompiledNets.Initializers;

/// <summary>
/// Starts a weight as random numbers around zero with the variance scale / fan, so that values keep their size from layer to layer.
/// </summary>
public class VarianceScaling : RandomInitializer
{
    /// <summary>Standard deviation of the standard normal distribution within two of its own.</summary>
    private const double TruncatedDeviation = 0.87962566103423978;

    /// <summary>Makes the initializer.</summary>
    /// <param name="scale">The variance times the fan.</param>
    /// <param name="mode">What the fan is.</param>
    /// <param name="distribution">What numbers are drawn from.</param>
    /// <param name="seed">A seed of its own; null for one from the network.</param>
    /// <exception cref="ArgumentOutOfRangeException">The scale is not positive, or there is no such mode or distribution.</exception>
    public VarianceScaling(double scale = 1, FanMode mode = FanMode.FanIn, Distribution distribution = Distribution.TruncatedNormal,
        int? seed = null)
        : base(seed)
    {
        Scale = Checked(scale, scale > 0, nameof(scale), "a positive number");
        Mode = Enum.IsDefined(mode) ? mode : throw Unknown(nameof(mode), mode, Enum.GetNames<FanMode>());
        Distribution = Enum.IsDefined(distribution)
            ? distribution : throw Unknown(nameof(distribution), distribution, Enum.GetNames<Distribution>());
    }

    /// <summary>The variance times the fan.</summary>
    public double Scale { get; }

    /// <summary>What the fan is.</summary>
    public FanMode Mode { get; }

    /// <summary>What numbers are drawn from.</summary>
    public Distribution Distribution { get; }

    /// <inheritdoc/>
    protected override void Draw(Span<float> values, ReadOnlySpan<int> shape, ulong key)
    {
        Fans fans = Fans.Of(shape);
        double fan = Mode switch
        {
            FanMode.FanIn => fans.In,
            FanMode.FanOut => fans.Out,
            _ => (fans.In + fans.Out) / 2,
        };
        double variance = Scale / Math.Max(1, fan);
        double limit = Math.Sqrt(3 * variance);
        if (Distribution == Distribution.Uniform) RandomNumbers.Uniform(values, -limit, limit, key);
        else if (Distribution == Distribution.UntruncatedNormal) RandomNumbers.Normal(values, 0, Math.Sqrt(variance), key);
        else RandomNumbers.TruncatedNormal(values, 0, Math.Sqrt(variance) / TruncatedDeviation, key);
    }

    private static ArgumentOutOfRangeException Unknown(string argument, Enum value, string[] known) =>
        new(argument, $"Invalid `{argument}` argument: {value}. Please use one of {string.Join(", ", known)}.");
}
