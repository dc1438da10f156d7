using System.Globalization;
using System.Numerics.Tensors;

namespace CompiledNets.Data;

/// <summary>
/// Numbers categories by a vocabulary, as Keras's lookup layers. The numbers are, in this order: the mask's (0, where there is one and the
/// mode is <see cref="OutputMode.Int"/>), those for what is not in the vocabulary, those of the vocabulary, the most frequent first.
/// </summary>
/// <typeparam name="T">What categories are.</typeparam>
public abstract class IndexLookup<T> where T : notnull
{
    // What a mask is in the modes of rows: no place of a row.
    private const int Dropped = -1;

    private readonly int? maxTokens;
    private readonly T[] mask;
    private readonly T oovToken;
    private readonly bool padToMaxTokens;
    private readonly bool isGiven;
    private Vocabulary<T>? vocabulary;
    private float[]? idfWeights;

    private protected IndexLookup(
        int? maxTokens, int numOovIndices, T[] mask, T oovToken, IEnumerable<T>? vocabulary, float[]? idfWeights, OutputMode outputMode,
        bool padToMaxTokens)
    {
        this.maxTokens = maxTokens;
        NumOovIndices = numOovIndices;
        this.mask = mask;
        this.oovToken = oovToken;
        this.padToMaxTokens = padToMaxTokens;
        OutputMode = outputMode;
        if (!Enum.IsDefined(outputMode))
            throw new ArgumentOutOfRangeException(nameof(outputMode), $"Expected an output mode. Received: outputMode={outputMode}");
        if (numOovIndices is < 0 or > IndexEncoding.MostExact)
            throw new ArgumentOutOfRangeException(nameof(numOovIndices), string.Create(
                CultureInfo.InvariantCulture,
                $"Expected from 0 to {IndexEncoding.MostExact}. Received: numOovIndices={numOovIndices}"));
        if (maxTokens is { } most && (most <= TokenStart || most > IndexEncoding.MostExact))
        {
            string range = string.Create(CultureInfo.InvariantCulture, $"above {TokenStart} and up to {IndexEncoding.MostExact}");
            throw new ArgumentOutOfRangeException(nameof(maxTokens), string.Create(
                CultureInfo.InvariantCulture,
                $"Expected room for a token beside the mask's and the unknown ones' numbers: {range}. Received: maxTokens={most}"));
        }

        if (padToMaxTokens && maxTokens is null)
            throw new ArgumentException("Expected maxTokens where padToMaxTokens is true. Received: none", nameof(padToMaxTokens));
        if (idfWeights is not null && vocabulary is null)
            throw new ArgumentException("Expected idfWeights beside a vocabulary. Received: no vocabulary", nameof(idfWeights));
        if (vocabulary is null) return;
        SetVocabulary(vocabulary, idfWeights);
        isGiven = true;
    }

    /// <summary>How many numbers there are for what is not in the vocabulary.</summary>
    public int NumOovIndices { get; }

    /// <summary>What becomes of the numbers.</summary>
    public OutputMode OutputMode { get; }

    /// <summary>How many numbers there are, those of the mask and for unknown categories included.</summary>
    /// <exception cref="InvalidOperationException">There is no vocabulary yet.</exception>
    public int VocabularySize => TokenStart + Known.Count;

    /// <summary>How many places rows have.</summary>
    internal int RowLength => padToMaxTokens ? maxTokens!.Value : VocabularySize;

    private int OovStart => mask.Length > 0 && OutputMode == OutputMode.Int ? 1 : 0;

    private int TokenStart => OovStart + NumOovIndices;

    private Vocabulary<T> Known => vocabulary
        ?? throw new InvalidOperationException($"This {GetType().Name} has no vocabulary yet: call Adapt or SetVocabulary before.");

    /// <summary>The categories, the place of each being its number.</summary>
    /// <param name="includeSpecialTokens">Whether the mask and a token for each number of unknown categories stand before.</param>
    /// <exception cref="InvalidOperationException">There is no vocabulary yet.</exception>
    public IReadOnlyList<T> GetVocabulary(bool includeSpecialTokens = true) =>
        includeSpecialTokens ? [.. Special(), .. Known.Tokens] : Known.Tokens;

    /// <summary>Sets the vocabulary.</summary>
    /// <param name="vocabulary">
    /// Categories, each once, with or without the mask and the tokens of unknown categories at the start; <c>File.ReadLines(path)</c> for
    /// those of a file.
    /// </param>
    /// <param name="idfWeights">A weight for each, where the mode is <see cref="OutputMode.TfIdf"/>; else null.</param>
    /// <exception cref="ArgumentException">
    /// There are none, one comes twice, the mask stands among them, they are more than maxTokens, or weights are missing, not wanted, or
    /// another number.
    /// </exception>
    public void SetVocabulary(IEnumerable<T> vocabulary, float[]? idfWeights = null)
    {
        ArgumentNullException.ThrowIfNull(vocabulary);
        T[] given = [.. vocabulary], special = Special();
        if (given.Length == 0) throw new ArgumentException("Expected at least one token. Received: none", nameof(vocabulary));
        bool hasSpecial = given.Length >= special.Length && given.AsSpan(0, special.Length).SequenceEqual(special);
        T[] tokens = hasSpecial ? given[special.Length..] : given;
        foreach (T reserved in mask)
        {
            if (!tokens.Contains(reserved)) continue;
            throw new ArgumentException(
                $"Expected the mask '{reserved}' nowhere but at the start, as in {NameList.Of(Texts(special))}, ... Received: it is number "
                + Array.IndexOf(given, reserved).ToString(CultureInfo.InvariantCulture), nameof(vocabulary));
        }

        CheckCount(tokens.Length, nameof(vocabulary));
        bool wantsWeights = OutputMode == OutputMode.TfIdf;
        if (wantsWeights != idfWeights is not null)
        {
            string expected = wantsWeights ? "idfWeights in the mode TfIdf" : "idfWeights in the mode TfIdf only";
            throw new ArgumentException(
                $"Expected {expected}. Received: {(wantsWeights ? "none" : $"outputMode={OutputMode}")}", nameof(idfWeights));
        }

        if (idfWeights is not null && idfWeights.Length != given.Length)
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture, $"Expected a weight for each of {given.Length} tokens. Received: {idfWeights.Length}"),
                nameof(idfWeights));
        Vocabulary<T> made = new(tokens);
        this.idfWeights = idfWeights is null ? null : Pad(idfWeights, hasSpecial ? 0 : special.Length);
        this.vocabulary = made;
    }

    /// <summary>Learns the vocabulary: categories by how often they come, those that come as often in descending order.</summary>
    /// <param name="data">Categories; for <see cref="OutputMode.TfIdf"/> each is a document of its own.</param>
    /// <exception cref="ArgumentException">There are none but the mask and the token of unknown ones.</exception>
    /// <exception cref="InvalidOperationException">A vocabulary was given when this was made.</exception>
    public void Adapt(IEnumerable<T> data)
    {
        ArgumentNullException.ThrowIfNull(data);
        Adapt(data.Select(token => (IReadOnlyList<T>)[token]));
    }

    /// <summary>Learns the vocabulary.</summary>
    /// <param name="data">Shape (documents, ...).</param>
    /// <exception cref="ArgumentException">There are no categories but the mask and the token of unknown ones.</exception>
    /// <exception cref="InvalidOperationException">A vocabulary was given when this was made.</exception>
    public void Adapt(Tensor<T> data)
    {
        ArgumentNullException.ThrowIfNull(data);
        T[] flat = Flat(data);
        int documents = data.Rank == 0 ? 1 : (int)data.Lengths[0], length = flat.Length / Math.Max(documents, 1);
        Adapt(Enumerable.Range(0, documents).Select(document => (IReadOnlyList<T>)flat[(document * length)..((document + 1) * length)]));
    }

    /// <summary>Learns the vocabulary from documents of any length, which are read once and need not be in memory at once.</summary>
    /// <param name="documents">Categories, document by document.</param>
    /// <exception cref="ArgumentException">There are no categories but the mask and the token of unknown ones.</exception>
    /// <exception cref="InvalidOperationException">A vocabulary was given when this was made.</exception>
    public void Adapt(IEnumerable<IReadOnlyList<T>> documents)
    {
        ArgumentNullException.ThrowIfNull(documents);
        if (isGiven)
            throw new InvalidOperationException($"This {GetType().Name} was given its vocabulary: make one without for it to learn one.");
        TokenCounts<T> counts = new();
        foreach (IReadOnlyList<T> document in documents) counts.Add(document);
        int most = maxTokens is null ? int.MaxValue : maxTokens.Value - TokenStart;
        (T Token, int Documents)[] ranked = counts.Ranked([.. mask, oovToken], Order, most);
        if (ranked.Length == 0)
            throw new ArgumentException(
                $"Expected at least one token beside {NameList.Of(Texts([.. mask, oovToken]))}. Received: none", nameof(documents));
        CheckCount(ranked.Length, nameof(documents));
        idfWeights = OutputMode != OutputMode.TfIdf ? null : Pad(
            [.. ranked.Select(item => (float)Math.Log(1 + (counts.Documents / (1.0 + item.Documents))))], TokenStart);
        vocabulary = new([.. ranked.Select(item => item.Token)]);
    }

    /// <summary>Numbers categories.</summary>
    /// <param name="x">Categories, one a sample; in the modes of rows they are one sample.</param>
    /// <returns>Shape (samples), or as the mode says.</returns>
    /// <exception cref="ArgumentException">There is no number for unknown categories, and one is not in the vocabulary.</exception>
    /// <exception cref="InvalidOperationException">There is no vocabulary yet.</exception>
    public Tensor<float> Transform(IEnumerable<T> x)
    {
        ArgumentNullException.ThrowIfNull(x);
        T[] flat = [.. x];
        return Encode(flat, [flat.Length]);
    }

    /// <summary>Numbers categories.</summary>
    /// <param name="x">Shape (samples, ...).</param>
    /// <returns>
    /// Int: the shape of <paramref name="x"/>. OneHot: an axis more, the size of the vocabulary, in place of a last axis of 1. Others:
    /// (samples, size of the vocabulary).
    /// </returns>
    /// <exception cref="ArgumentException">There is no number for unknown categories, and one is not in the vocabulary.</exception>
    /// <exception cref="InvalidOperationException">There is no vocabulary yet.</exception>
    public Tensor<float> Transform(Tensor<T> x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return Encode(Flat(x), TensorRows.Shape(x));
    }

    /// <summary>The categories of numbers; the token of unknown ones for theirs, and for numbers outside the vocabulary.</summary>
    /// <param name="numbers">Whole numbers, of whatever shape.</param>
    /// <returns>The same shape.</returns>
    /// <exception cref="ArgumentException">A number is no whole one.</exception>
    /// <exception cref="InvalidOperationException">There is no vocabulary yet.</exception>
    public Tensor<T> InverseTransform(Samples numbers)
    {
        ArgumentNullException.ThrowIfNull(numbers);
        T[] tokens = Array.ConvertAll(IndexEncoding.WholeNumbers(numbers, nameof(numbers)), Token);
        return Tensor.Create(tokens, numbers.Tensor.Lengths);
    }

    /// <summary>The number of each category; -1 for a mask in the modes of rows.</summary>
    internal int[] Indices(ReadOnlySpan<T> tokens)
    {
        Vocabulary<T> known = Known;
        int[] indices = new int[tokens.Length];
        for (int i = 0; i < indices.Length; i++)
        {
            T token = tokens[i] ?? throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"Expected tokens, but found null at position {i} (from 0)."), "x");
            indices[i] = mask.Contains(token) ? (OutputMode == OutputMode.Int ? 0 : Dropped)
                : known.Find(token) is >= 0 and int found ? TokenStart + found
                : NumOovIndices > 0 ? OovStart + OovIndex(token)
                : throw Unknown(token);
        }

        return indices;
    }

    /// <summary>Multiplies a row of counts by the weights of tokens.</summary>
    internal void Weigh(Span<float> row)
    {
        if (idfWeights is not null) TensorPrimitives.Multiply(row, idfWeights, row);
    }

    /// <summary>How categories that come as often stand in the vocabulary: this way down.</summary>
    private protected abstract IComparer<T> Order { get; }

    /// <summary>Which of several numbers an unknown category has, from 0.</summary>
    private protected abstract int OovIndex(T token);

    private Tensor<float> Encode(T[] flat, int[] shape) =>
        IndexEncoding.Encode(Indices(flat), shape, OutputMode, RowLength, idfWeights);

    private T Token(int number) =>
        OovStart == 1 && number == 0 ? mask[0]
        : number >= TokenStart && number < VocabularySize ? Known.Tokens[number - TokenStart]
        : oovToken;

    private T[] Special() => [.. mask.AsSpan(0, OovStart), .. Enumerable.Repeat(oovToken, NumOovIndices)];

    // What stands before the tokens has the mean weight, and what stands behind them none, as in Keras.
    private float[] Pad(float[] weights, int front)
    {
        float[] padded = new float[padToMaxTokens ? maxTokens!.Value : front + weights.Length];
        Array.Fill(padded, (float)weights.Average(weight => (double)weight), 0, front);
        weights.CopyTo(padded, front);
        return padded;
    }

    private void CheckCount(int tokens, string argument)
    {
        int most = maxTokens ?? IndexEncoding.MostExact;
        if (TokenStart + (long)tokens <= most) return;
        throw new ArgumentException(string.Create(
            CultureInfo.InvariantCulture,
            $"Expected at most {most} numbers in all. Received: {tokens} tokens beside {TokenStart} numbers of the mask and unknown ones"),
            argument);
    }

    private ArgumentException Unknown(T token) =>
        new($"Expected tokens of the vocabulary, as there is no number for others (numOovIndices=0). Received: '{token}'", "x");

    private static string[] Texts(T[] tokens) =>
        Array.ConvertAll(tokens, token => string.Create(CultureInfo.InvariantCulture, $"{token}"));

    private static T[] Flat(Tensor<T> tensor)
    {
        T[] flat = new T[checked((int)tensor.FlattenedLength)];
        tensor.FlattenTo(flat);
        return flat;
    }
}
