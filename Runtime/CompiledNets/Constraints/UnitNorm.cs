namespace CompiledNets.Constraints;

/// <summary>Scales vectors of a weight to a norm of 1: w / (1e-7 + ‖w‖) (Keras).</summary>
public sealed class UnitNorm : NormConstraint
{
    /// <summary>Makes the constraint.</summary>
    /// <param name="axis">The axis along which norms are taken.</param>
    public UnitNorm(int axis = 0)
        : this([axis])
    {
    }

    /// <summary>Makes the constraint for norms along several axes.</summary>
    /// <param name="axis">The axes along which norms are taken.</param>
    /// <exception cref="ArgumentException">There are no axes.</exception>
    public UnitNorm(ReadOnlySpan<int> axis)
        : base(axis)
    {
    }

    private protected override double Wanted(double norm) => 1;
}
