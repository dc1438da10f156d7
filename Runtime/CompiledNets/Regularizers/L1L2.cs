namespace CompiledNets.Regularizers;

/// <summary>A penalty on absolute values and on squares: l1 * Σ |w| + l2 * Σ w² (Keras).</summary>
/// <param name="l1">The factor of the sum of absolute values; not negative.</param>
/// <param name="l2">The factor of the sum of squares; not negative.</param>
/// <exception cref="ArgumentOutOfRangeException">A factor is negative or not finite.</exception>
public sealed class L1L2(double l1 = 0, double l2 = 0) : Regularizer
{
    /// <summary>The factor of the sum of absolute values.</summary>
    public double FactorL1 { get; } = CheckedFactor(l1, nameof(l1));

    /// <summary>The factor of the sum of squares.</summary>
    public double FactorL2 { get; } = CheckedFactor(l2, nameof(l2));

    internal override NumberPenalty? OfEachNumber => Each;

    private NumberPenalty Each => new(FactorL1, FactorL2);

    /// <inheritdoc/>
    public override double Penalty(ReadOnlySpan<float> weight, ReadOnlySpan<int> shape, Span<float> gradient) => Each.Add(weight, gradient);
}
