using System.Globalization;
using System.Numerics.Tensors;

namespace CompiledNets.Data;

/// <summary>Numbers whole numbers by a vocabulary, as Keras's IntegerLookup: 3, 5 and 9 become 1, 2 and 3, others 0.</summary>
public sealed class IntegerLookup : IndexLookup<long>
{
    private readonly ulong[]? key;
    private readonly bool byFarmHash;

    /// <summary>Makes the lookup.</summary>
    /// <param name="maxTokens">At most how many numbers, those of the mask and of unknown ones included; null for any.</param>
    /// <param name="numOovIndices">
    /// How many numbers there are for what is not in the vocabulary: with 0 it is an error, several are shared by
    /// <paramref name="oovMethod"/>.
    /// </param>
    /// <param name="maskToken">A number that is masked: number 0, or left out of rows. Null for none.</param>
    /// <param name="oovToken">What stands for unknown numbers in the vocabulary.</param>
    /// <param name="vocabulary">The numbers; null where <see cref="IndexLookup{T}.Adapt(IEnumerable{T})"/> learns them.</param>
    /// <param name="idfWeights">A weight for each of them, where the mode is <see cref="OutputMode.TfIdf"/>.</param>
    /// <param name="outputMode">What becomes of the numbers.</param>
    /// <param name="padToMaxTokens">Whether rows have maxTokens places, however few numbers there are.</param>
    /// <param name="oovMethod"><c>"floormod"</c>, the remainder, or <c>"farmhash"</c>, a hash of the decimal text.</param>
    /// <param name="salt">One number or two that share unknown numbers out otherwise, with <c>"farmhash"</c>; null for none.</param>
    /// <exception cref="ArgumentException">An argument is out of its range, or does not fit another.</exception>
    public IntegerLookup(
        int? maxTokens = null, int numOovIndices = 1, long? maskToken = null, long oovToken = -1, IEnumerable<long>? vocabulary = null,
        float[]? idfWeights = null, OutputMode outputMode = OutputMode.Int, bool padToMaxTokens = false, string oovMethod = "floormod",
        long[]? salt = null)
        : base(
            maxTokens, numOovIndices, maskToken is null ? [] : [maskToken.Value], oovToken, vocabulary, idfWeights, outputMode,
            padToMaxTokens)
    {
        if (oovMethod is not ("floormod" or "farmhash"))
            throw new ArgumentException($"Expected 'floormod' or 'farmhash'. Received: oovMethod='{oovMethod}'", nameof(oovMethod));
        if (salt is not null && oovMethod != "farmhash")
            throw new ArgumentException($"Expected a salt beside oovMethod 'farmhash'. Received: '{oovMethod}'", nameof(salt));
        byFarmHash = oovMethod == "farmhash";
        key = Hashing.Key(salt);
    }

    private protected override IComparer<long> Order => Comparer<long>.Default;

    /// <summary>Learns the vocabulary.</summary>
    /// <param name="data">Whole numbers, shape (documents, ...).</param>
    /// <exception cref="ArgumentException">
    /// There are none but the mask and the token of unknown ones, or one is no whole number.
    /// </exception>
    /// <exception cref="InvalidOperationException">A vocabulary was given when this was made.</exception>
    public void Adapt(Samples data)
    {
        ArgumentNullException.ThrowIfNull(data);
        Adapt(Whole(data, nameof(data)));
    }

    /// <summary>Numbers whole numbers.</summary>
    /// <param name="x">Whole numbers, shape (samples, ...).</param>
    /// <returns>As <see cref="IndexLookup{T}.Transform(Tensor{T})"/>.</returns>
    /// <exception cref="ArgumentException">A number is no whole one, or is unknown where that is an error.</exception>
    /// <exception cref="InvalidOperationException">There is no vocabulary yet.</exception>
    public Tensor<float> Transform(Samples x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return Transform(Whole(x, nameof(x)));
    }

    private protected override int OovIndex(long token) =>
        NumOovIndices == 1 ? 0
        : byFarmHash ? Hashing.Bin(token.ToString(CultureInfo.InvariantCulture), key, NumOovIndices)
        : (int)(((token % NumOovIndices) + NumOovIndices) % NumOovIndices);

    private static Tensor<long> Whole(Samples x, string argument) =>
        Tensor.Create(Array.ConvertAll(IndexEncoding.WholeNumbers(x, argument), number => (long)number), x.Tensor.Lengths);
}
