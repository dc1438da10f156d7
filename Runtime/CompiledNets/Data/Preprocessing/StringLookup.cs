namespace CompiledNets.Data;

/// <summary>Numbers texts by a vocabulary, as Keras's StringLookup. <see cref="TextVectorization"/> takes sentences apart before.</summary>
public sealed class StringLookup : IndexLookup<string>
{
    private readonly ulong[]? key;

    /// <summary>Makes the lookup.</summary>
    /// <param name="maxTokens">At most how many numbers, those of the mask and of unknown texts included; null for any.</param>
    /// <param name="numOovIndices">
    /// How many numbers there are for texts that are not in the vocabulary: with 0 they are an error, several are shared by a hash.
    /// </param>
    /// <param name="maskToken">A text that is masked: number 0, or left out of rows. Null for none.</param>
    /// <param name="oovToken">What stands for unknown texts in the vocabulary.</param>
    /// <param name="vocabulary">The texts; null where <see cref="IndexLookup{T}.Adapt(IEnumerable{T})"/> learns them.</param>
    /// <param name="idfWeights">A weight for each of them, where the mode is <see cref="OutputMode.TfIdf"/>.</param>
    /// <param name="outputMode">What becomes of the numbers.</param>
    /// <param name="padToMaxTokens">Whether rows have maxTokens places, however few texts there are.</param>
    /// <param name="salt">One number or two that share unknown texts out otherwise; null for none.</param>
    /// <exception cref="ArgumentException">An argument is out of its range, or does not fit another.</exception>
    public StringLookup(
        int? maxTokens = null, int numOovIndices = 1, string? maskToken = null, string oovToken = "[UNK]",
        IEnumerable<string>? vocabulary = null, float[]? idfWeights = null, OutputMode outputMode = OutputMode.Int,
        bool padToMaxTokens = false, long[]? salt = null)
        : base(
            maxTokens, numOovIndices, maskToken is null ? [] : [maskToken], oovToken, vocabulary, idfWeights, outputMode, padToMaxTokens) =>
        key = Hashing.Key(salt);

    private protected override IComparer<string> Order => CodePointOrder.Instance;

    private protected override int OovIndex(string token) => NumOovIndices == 1 ? 0 : Hashing.Bin(token, key, NumOovIndices);

    // The order of UTF-8, which that of UTF-16 leaves above U+D7FF.
    private sealed class CodePointOrder : IComparer<string>
    {
        public static CodePointOrder Instance { get; } = new();

        public int Compare(string? x, string? y)
        {
            if (x is null || y is null) return (x is null ? 0 : 1) - (y is null ? 0 : 1);
            int same = x.AsSpan().CommonPrefixLength(y);
            if (same == x.Length || same == y.Length) return x.Length.CompareTo(y.Length);
            char a = x[same], b = y[same];
            return char.IsSurrogate(a) == char.IsSurrogate(b) ? a.CompareTo(b) : char.IsSurrogate(a) ? 1 : -1;
        }
    }
}
