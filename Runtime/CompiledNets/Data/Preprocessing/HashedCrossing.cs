using System.Globalization;
using System.Numerics.Tensors;

namespace CompiledNets.Data;

/// <summary>
/// Puts each combination of categories into a bin, as Keras's HashedCrossing: "Lyon" and "bakery" together are a category of their own.
/// </summary>
public sealed class HashedCrossing
{
    // tf.sparse.cross_hashed's key and tensorflow/core/platform/fingerprint.h's multiplier.
    private const ulong Start = 0xDECAFCAFFE, Multiplier = 0xc6a4a7935bd1e995;

    /// <summary>Makes the step.</summary>
    /// <param name="numBins">How many bins there are, from 1 to 16,777,216.</param>
    /// <param name="outputMode"><see cref="OutputMode.Int"/> or <see cref="OutputMode.OneHot"/>.</param>
    /// <exception cref="ArgumentException">An argument is out of its range.</exception>
    public HashedCrossing(int numBins, OutputMode outputMode = OutputMode.Int)
    {
        NumBins = IndexEncoding.CheckDepth(numBins, nameof(numBins));
        if (outputMode is not (OutputMode.Int or OutputMode.OneHot))
            throw new ArgumentOutOfRangeException(
                nameof(outputMode), $"Expected Int or OneHot. Received: outputMode={outputMode}");
        OutputMode = outputMode;
    }

    /// <summary>How many bins there are.</summary>
    public int NumBins { get; }

    /// <summary>What becomes of the numbers of bins.</summary>
    public OutputMode OutputMode { get; }

    /// <summary>The bin of each sample's combination.</summary>
    /// <param name="features">Two features or more, texts or whole numbers, all of shape (samples) or all of shape (samples, 1).</param>
    /// <returns>That shape; or (samples, bins).</returns>
    /// <exception cref="ArgumentException">There are fewer than two, or their shapes are others.</exception>
    public Tensor<float> Transform(params ReadOnlySpan<Categories> features)
    {
        if (features.Length < 2)
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture, $"Expected at least two features to cross. Received: {features.Length}"), nameof(features));
        foreach (Categories feature in features)
        {
            ArgumentNullException.ThrowIfNull(feature, nameof(features));
            if (feature.Shape is [_] or [_, 1] && feature.Shape.AsSpan().SequenceEqual(features[0].Shape)) continue;
            throw new ArgumentException(
                $"Expected features of shape (samples) or (samples, 1), all alike. Received: {features[0]} and {feature}",
                nameof(features));
        }

        int[] indices = new int[features[0].Count];
        for (int i = 0; i < indices.Length; i++)
        {
            ulong mixed = Start;
            foreach (Categories feature in features) mixed = Join(mixed, feature.Fingerprint(i));
            indices[i] = (int)(mixed % (ulong)NumBins);
        }

        return IndexEncoding.Encode(indices, features[0].Shape, OutputMode, NumBins);
    }

    // FingerprintCat64.
    private static ulong Join(ulong first, ulong second)
    {
        ulong joined = (first ^ Multiplier ^ (ShiftMix(second * Multiplier) * Multiplier)) * Multiplier;
        return ShiftMix(ShiftMix(joined) * Multiplier);
    }

    private static ulong ShiftMix(ulong value) => value ^ (value >> 47);
}
