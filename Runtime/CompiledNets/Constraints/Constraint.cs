using System.Globalization;

namespace CompiledNets;

/// <summary>
/// What the numbers of a weight are brought back to after each step of training. The constants name Keras's constraints, with their
/// defaults, where an attribute takes one. One of your own derives from this class and overrides <see cref="Apply"/>.
/// </summary>
public abstract partial class Constraint
{
    /// <summary>Norms of at most 2.</summary>
    public const string MaxNorm = "max_norm";

    /// <summary>No negative numbers.</summary>
    public const string NonNeg = "non_neg";

    /// <summary>Norms of 1.</summary>
    public const string UnitNorm = "unit_norm";

    /// <summary>Norms from 0 to 1.</summary>
    public const string MinMaxNorm = "min_max_norm";

    /// <summary>
    /// Changes a weight to what it may be. Called once a step, after the optimizer; by several threads at once where weights share the
    /// object.
    /// </summary>
    /// <param name="weight">The weight, the last axis fastest.</param>
    /// <param name="shape">Its shape.</param>
    /// <exception cref="ArgumentException">The constraint is not for weights of such a shape.</exception>
    public abstract void Apply(Span<float> weight, ReadOnlySpan<int> shape);

    private protected static double Checked(double value, double least, double most, string argument, string wanted) =>
        value >= least && value <= most ? value
        : throw new ArgumentOutOfRangeException(argument, string.Create(CultureInfo.InvariantCulture,
            $"Argument `{argument}` must be a finite number and {wanted}. Received: {argument}={value}"));
}
