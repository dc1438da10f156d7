using System.Globalization;
using System.Numerics.Tensors;

namespace CompiledNets.Data;

/// <summary>
/// Puts categories into bins by a hash of their text, as Keras's Hashing: FarmHash64, or SipHash64 with a salt. Nothing is learned, and the
/// same category has the same bin everywhere.
/// </summary>
public sealed class Hashing
{
    private readonly string? mask;
    private readonly ulong[]? key;

    /// <summary>Makes the step.</summary>
    /// <param name="numBins">How many bins there are, that of <paramref name="maskValue"/> included: from 1 to 16,777,216.</param>
    /// <param name="maskValue">A category that has bin 0 for itself, numbers as decimal text; null for none.</param>
    /// <param name="salt">One number or two that make other bins; null for none.</param>
    /// <param name="outputMode">What becomes of the numbers of bins; not <see cref="OutputMode.TfIdf"/>.</param>
    /// <exception cref="ArgumentException">An argument is out of its range.</exception>
    public Hashing(int numBins, string? maskValue = null, long[]? salt = null, OutputMode outputMode = OutputMode.Int)
    {
        NumBins = IndexEncoding.CheckDepth(numBins, nameof(numBins));
        if (outputMode is < OutputMode.Int or > OutputMode.Count)
            throw new ArgumentOutOfRangeException(
                nameof(outputMode), $"Expected Int, OneHot, MultiHot or Count. Received: outputMode={outputMode}");
        mask = maskValue;
        key = Key(salt);
        OutputMode = outputMode;
    }

    /// <summary>How many bins there are.</summary>
    public int NumBins { get; }

    /// <summary>What becomes of the numbers of bins.</summary>
    public OutputMode OutputMode { get; }

    /// <summary>The bins of categories.</summary>
    /// <param name="x">Texts or whole numbers, shape (samples) or (samples, ...).</param>
    /// <returns>The shape of <paramref name="x"/>; in other modes a row of <see cref="NumBins"/> numbers as the mode says.</returns>
    public Tensor<float> Transform(Categories x)
    {
        ArgumentNullException.ThrowIfNull(x);
        bool hasMask = mask is not null && NumBins > 1;
        int bins = hasMask ? NumBins - 1 : NumBins;
        int[] indices = new int[x.Count];
        for (int i = 0; i < indices.Length; i++)
        {
            string text = x.Text(i);
            indices[i] = hasMask && text == mask ? 0 : Bin(text, key, bins) + (hasMask ? 1 : 0);
        }

        return IndexEncoding.Encode(indices, x.Shape, OutputMode, NumBins);
    }

    /// <summary>The bin of a text.</summary>
    internal static int Bin(string text, ulong[]? key, int bins) =>
        (int)((key is null ? FarmHash.Hash64(text) : SipHash.Hash64(text, key[0], key[1])) % (ulong)bins);

    /// <summary>The key of a salt: one number is both halves.</summary>
    internal static ulong[]? Key(long[]? salt) => salt switch
    {
        null => null,
        [long both] => [(ulong)both, (ulong)both],
        [long first, long second] => [(ulong)first, (ulong)second],
        _ => throw new ArgumentException(
            string.Create(CultureInfo.InvariantCulture, $"Expected a salt of one or two numbers. Received: {salt.Length}"), nameof(salt)),
    };
}
