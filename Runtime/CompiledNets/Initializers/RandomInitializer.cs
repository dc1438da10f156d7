using System.Globalization;

namespace CompiledNets.Initializers;

/// <summary>An initializer that draws random numbers.</summary>
public abstract class RandomInitializer : Initializer
{
    private protected RandomInitializer(int? seed) => Seed = seed;

    /// <summary>Its own seed; null where the network gives each of its weights one. With a seed of its own, all weights of one shape start equal, as in Keras.</summary>
    public int? Seed { get; }

    /// <inheritdoc/>
    public sealed override void Fill(Span<float> values, ReadOnlySpan<int> shape, ulong seed) => Draw(values, shape, Seed is int own ? (ulong)own : seed);

    private protected abstract void Draw(Span<float> values, ReadOnlySpan<int> shape, ulong key);

    private protected static double Checked(double value, bool holds, string argument, string wanted) => holds && double.IsFinite(value)
        ? value
        : throw new ArgumentOutOfRangeException(argument, $"Argument `{argument}` must be {wanted}. Received: {argument}={value.ToString(CultureInfo.InvariantCulture)}");
}
