namespace CompiledNets;

/// <summary>
/// A penalty on the numbers of a weight, which training adds to the loss. The constants name Keras's regularizers, with their defaults,
/// where an attribute takes one. One of your own derives from this class and overrides <see cref="Penalty"/>.
/// </summary>
public abstract partial class Regularizer
{
    /// <summary>0.01 times the sum of absolute values.</summary>
    public const string L1 = "l1";

    /// <summary>0.01 times the sum of squares.</summary>
    public const string L2 = "l2";

    /// <summary>Both, with factors of 0 by default.</summary>
    public const string L1L2 = "l1l2";

    /// <summary>Keeps the rows of a matrix orthogonal to each other, with a factor of 0.01.</summary>
    public const string OrthogonalRegularizer = "orthogonal_regularizer";

    /// <summary>
    /// The penalty of a weight. Called once a step, before the weight changes; by several threads at once where networks share the object.
    /// </summary>
    /// <param name="weight">The weight, the last axis fastest.</param>
    /// <param name="shape">Its shape.</param>
    /// <param name="gradient">
    /// As long as the weight: the derivative of the penalty by each number is to be added to what is there. Empty where only the value is
    /// wanted.
    /// </param>
    /// <returns>The penalty.</returns>
    /// <exception cref="ArgumentException">The regularizer is not for weights of such a shape.</exception>
    public abstract double Penalty(ReadOnlySpan<float> weight, ReadOnlySpan<int> shape, Span<float> gradient);

    /// <summary>Where each number has a penalty of its own, that; null where the penalty is one of the whole weight.</summary>
    internal virtual NumberPenalty? OfEachNumber => null;

    // Keras's words for a factor that is none.
    private protected static double CheckedFactor(double value, string argument) => value >= 0 && double.IsFinite(value)
        ? value
        : throw new ArgumentOutOfRangeException(argument, string.Create(System.Globalization.CultureInfo.InvariantCulture,
            $"Invalid value for argument `{argument}`: expected a non-negative, finite number. Received: {argument}={value}"));
}
