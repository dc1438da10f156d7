using System.Globalization;

namespace CompiledNets.Initializers;

/// <summary>An initializer that draws random numbers. One of your own says how, by <see cref="Draw"/>; seeds are seen to.</summary>
public abstract class RandomInitializer : Initializer
{
    /// <summary>Makes the initializer.</summary>
    /// <param name="seed">A seed of its own; null for one from the network.</param>
    protected RandomInitializer(int? seed) => Seed = seed;

    /// <summary>
    /// Its own seed; null where the network gives each of its weights one. With a seed of its own, all weights of one shape start equal, as
    /// in Keras.
    /// </summary>
    public int? Seed { get; }

    /// <inheritdoc/>
    public sealed override void Fill(Span<float> values, ReadOnlySpan<int> shape, ulong seed) =>
        Draw(values, shape, Seed is int own ? (ulong)own : seed);

    /// <summary>Fills a weight with random numbers.</summary>
    /// <param name="values">The weight, the last axis fastest.</param>
    /// <param name="shape">Its shape.</param>
    /// <param name="key">Key of the random numbers: the same key and shape must give the same values.</param>
    /// <exception cref="ArgumentException">The initializer is not for weights of such a shape.</exception>
    protected abstract void Draw(Span<float> values, ReadOnlySpan<int> shape, ulong key);

    private protected static double Checked(double value, bool holds, string argument, string wanted) => holds && double.IsFinite(value)
        ? value
        : throw new ArgumentOutOfRangeException(argument,
            $"Argument `{argument}` must be {wanted}. Received: {argument}={value.ToString(CultureInfo.InvariantCulture)}");
}
