namespace CompiledNets.Initializers;

/// <summary>Starts a matrix as the identity times a gain; where it is not square, the rest is zero.</summary>
/// <param name="gain">The numbers of the diagonal.</param>
public sealed class Identity(double gain = 1) : Initializer
{
    /// <summary>The numbers of the diagonal.</summary>
    public double Gain { get; } = gain;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The weight is not a matrix.</exception>
    public override void Fill(Span<float> values, ReadOnlySpan<int> shape, ulong seed)
    {
        if (shape.Length != 2)
            throw new ArgumentException(
                $"Identity matrix initializer can only be used for 2D matrices. Received: shape={ShapeText.Of(shape)} of rank " +
                $"{shape.Length}.", nameof(shape));
        values.Clear();
        for (int i = 0; i < Math.Min(shape[0], shape[1]); i++) values[(i * shape[1]) + i] = (float)Gain;
    }
}
