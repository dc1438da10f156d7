namespace CompiledNets.Constraints;

/// <summary>
/// Scales vectors of a weight down whose norm is over a limit: w * clip(‖w‖, 0, maxValue) / (1e-7 + ‖w‖) (Keras).
/// </summary>
public sealed class MaxNorm : NormConstraint
{
    /// <summary>Makes the constraint.</summary>
    /// <param name="maxValue">The largest norm; not negative.</param>
    /// <param name="axis">The axis along which norms are taken.</param>
    /// <exception cref="ArgumentOutOfRangeException">The norm is negative or not finite.</exception>
    public MaxNorm(double maxValue = 2, int axis = 0)
        : this(maxValue, [axis])
    {
    }

    /// <summary>Makes the constraint for norms along several axes.</summary>
    /// <param name="maxValue">The largest norm; not negative.</param>
    /// <param name="axis">The axes along which norms are taken.</param>
    /// <exception cref="ArgumentException">The norm is negative or not finite, or there are no axes.</exception>
    public MaxNorm(double maxValue, ReadOnlySpan<int> axis)
        : base(axis) => MaxValue = Checked(maxValue, 0, double.MaxValue, nameof(maxValue), "not negative");

    /// <summary>The largest norm.</summary>
    public double MaxValue { get; }

    private protected override double Wanted(double norm) => Math.Min(norm, MaxValue);
}
