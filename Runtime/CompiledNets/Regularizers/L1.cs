namespace CompiledNets.Regularizers;

/// <summary>A penalty on the sum of absolute values: l1 * Σ |w|. It makes small numbers zero (Keras).</summary>
/// <param name="l1">The factor; not negative.</param>
/// <exception cref="ArgumentOutOfRangeException">The factor is negative or not finite.</exception>
public sealed class L1(double l1 = 0.01) : Regularizer
{
    /// <summary>The factor.</summary>
    public double Factor { get; } = CheckedFactor(l1, nameof(l1));

    internal override NumberPenalty? OfEachNumber => Each;

    private NumberPenalty Each => new(Factor, 0);

    /// <inheritdoc/>
    public override double Penalty(ReadOnlySpan<float> weight, ReadOnlySpan<int> shape, Span<float> gradient) => Each.Add(weight, gradient);
}
