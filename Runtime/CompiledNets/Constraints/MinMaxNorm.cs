namespace CompiledNets.Constraints;

/// <summary>
/// Scales vectors of a weight towards norms between two limits:
/// w * (rate * clip(‖w‖, minValue, maxValue) + (1 - rate) * ‖w‖) / (1e-7 + ‖w‖) (Keras).
/// </summary>
public sealed class MinMaxNorm : NormConstraint
{
    /// <summary>Makes the constraint.</summary>
    /// <param name="minValue">The least norm; not negative.</param>
    /// <param name="maxValue">The largest norm; not less than the least.</param>
    /// <param name="rate">How much of the way each step goes, from 0 to 1.</param>
    /// <param name="axis">The axis along which norms are taken.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number lies outside its range.</exception>
    public MinMaxNorm(double minValue = 0, double maxValue = 1, double rate = 1, int axis = 0)
        : this(minValue, maxValue, rate, [axis])
    {
    }

    /// <summary>Makes the constraint for norms along several axes.</summary>
    /// <param name="minValue">The least norm; not negative.</param>
    /// <param name="maxValue">The largest norm; not less than the least.</param>
    /// <param name="rate">How much of the way each step goes, from 0 to 1.</param>
    /// <param name="axis">The axes along which norms are taken.</param>
    /// <exception cref="ArgumentException">A number lies outside its range, or there are no axes.</exception>
    public MinMaxNorm(double minValue, double maxValue, double rate, ReadOnlySpan<int> axis)
        : base(axis)
    {
        MinValue = Checked(minValue, 0, double.MaxValue, nameof(minValue), "not negative");
        MaxValue = Checked(maxValue, minValue, double.MaxValue, nameof(maxValue), "at least `minValue`");
        Rate = Checked(rate, 0, 1, nameof(rate), "in [0, 1]");
    }

    /// <summary>The least norm.</summary>
    public double MinValue { get; }

    /// <summary>The largest norm.</summary>
    public double MaxValue { get; }

    /// <summary>How much of the way each step goes.</summary>
    public double Rate { get; }

    private protected override double Wanted(double norm) => (Rate * Math.Clamp(norm, MinValue, MaxValue)) + ((1 - Rate) * norm);
}
