namespace CompiledNets.Regularizers;

/// <summary>A penalty on the sum of squares: l2 * Σ w². It keeps numbers small (Keras).</summary>
/// <param name="l2">The factor; not negative.</param>
/// <exception cref="ArgumentOutOfRangeException">The factor is negative or not finite.</exception>
public sealed class L2(double l2 = 0.01) : Regularizer
{
    /// <summary>The factor.</summary>
    public double Factor { get; } = CheckedFactor(l2, nameof(l2));

    internal override NumberPenalty? OfEachNumber => Each;

    private NumberPenalty Each => new(0, Factor);

    /// <inheritdoc/>
    public override double Penalty(ReadOnlySpan<float> weight, ReadOnlySpan<int> shape, Span<float> gradient) => Each.Add(weight, gradient);
}
