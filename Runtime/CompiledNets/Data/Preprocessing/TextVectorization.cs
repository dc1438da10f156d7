using System.Globalization;
using System.Numerics.Tensors;

namespace CompiledNets.Data;

/// <summary>
/// Turns texts into numbers, as Keras's TextVectorization: a text is standardized, taken apart into tokens, and each token becomes its
/// number in a vocabulary. 0 is what short texts are filled with, 1 (<c>[UNK]</c>) what is not in the vocabulary; in the modes of rows
/// there is no filling, and 0 is <c>[UNK]</c>.
/// </summary>
public sealed class TextVectorization
{
    private readonly StringLookup lookup;
    private readonly TextStandardization standardize;
    private readonly TextSplit split;
    private readonly int[] ngrams;
    private readonly int? outputSequenceLength;

    /// <summary>Makes the step.</summary>
    /// <param name="maxTokens">At most how many numbers, those of the filling and of unknown tokens included; null for any.</param>
    /// <param name="standardize">What is done to a text first.</param>
    /// <param name="split">How a text is taken apart.</param>
    /// <param name="ngrams">
    /// Lengths of runs of tokens, joined by a blank, that are the tokens then: [1, 2], Keras's 2, for single ones and pairs, [2] for pairs
    /// alone. Null for single tokens.
    /// </param>
    /// <param name="outputMode">What becomes of the numbers; not <see cref="OutputMode.OneHot"/>.</param>
    /// <param name="outputSequenceLength">
    /// How many numbers a text has: longer ones are cut, shorter ones filled with 0. Null for the longest of each call.
    /// </param>
    /// <param name="padToMaxTokens">Whether rows have maxTokens places, however few tokens there are.</param>
    /// <param name="vocabulary">The tokens; null where <see cref="Adapt"/> learns them.</param>
    /// <param name="idfWeights">A weight for each of them, where the mode is <see cref="OutputMode.TfIdf"/>.</param>
    /// <exception cref="ArgumentException">An argument is out of its range, or does not fit another.</exception>
    public TextVectorization(
        int? maxTokens = null, TextStandardization standardize = TextStandardization.LowerAndStripPunctuation,
        TextSplit split = TextSplit.Whitespace, int[]? ngrams = null, OutputMode outputMode = OutputMode.Int,
        int? outputSequenceLength = null, bool padToMaxTokens = false, IEnumerable<string>? vocabulary = null, float[]? idfWeights = null)
    {
        if (outputMode == OutputMode.OneHot)
            throw new ArgumentOutOfRangeException(
                nameof(outputMode), $"Expected Int, MultiHot, Count or TfIdf. Received: outputMode={outputMode}");
        if (outputSequenceLength is not null && outputMode != OutputMode.Int)
            throw new ArgumentException(
                $"Expected outputSequenceLength in the mode Int only. Received: outputMode={outputMode}", nameof(outputSequenceLength));
        if (outputSequenceLength is < 1)
            throw new ArgumentOutOfRangeException(nameof(outputSequenceLength), string.Create(
                CultureInfo.InvariantCulture, $"Expected at least 1. Received: outputSequenceLength={outputSequenceLength}"));
        if (!Enum.IsDefined(standardize))
            throw new ArgumentOutOfRangeException(nameof(standardize), $"Expected a standardization. Received: standardize={standardize}");
        if (!Enum.IsDefined(split)) throw new ArgumentOutOfRangeException(nameof(split), $"Expected a split. Received: split={split}");
        this.ngrams = ngrams ?? [1];
        if (this.ngrams.Length == 0 || this.ngrams.Any(length => length < 1))
            throw new ArgumentOutOfRangeException(nameof(ngrams), string.Create(
                CultureInfo.InvariantCulture, $"Expected lengths of at least 1. Received: ngrams=[{string.Join(", ", this.ngrams)}]"));
        this.standardize = standardize;
        this.split = split;
        this.outputSequenceLength = outputSequenceLength;
        lookup = new(
            maxTokens, maskToken: "", vocabulary: vocabulary, idfWeights: idfWeights, outputMode: outputMode,
            padToMaxTokens: padToMaxTokens);
    }

    /// <summary>What becomes of the numbers.</summary>
    public OutputMode OutputMode => lookup.OutputMode;

    /// <summary>How many numbers there are, those of the filling and of unknown tokens included: what an embedding needs.</summary>
    /// <exception cref="InvalidOperationException">There is no vocabulary yet.</exception>
    public int VocabularySize => lookup.VocabularySize;

    /// <summary>A function of one's own in place of a standardization; null for none.</summary>
    public Func<string, string>? StandardizeWith { get; init; }

    /// <summary>A function of one's own in place of a split; null for none.</summary>
    public Func<string, IEnumerable<string>>? SplitWith { get; init; }

    /// <summary>The tokens, the place of each being its number.</summary>
    /// <param name="includeSpecialTokens">Whether the filling and <c>[UNK]</c> are among them.</param>
    /// <exception cref="InvalidOperationException">There is no vocabulary yet.</exception>
    public IReadOnlyList<string> GetVocabulary(bool includeSpecialTokens = true) => lookup.GetVocabulary(includeSpecialTokens);

    /// <summary>Sets the vocabulary.</summary>
    /// <param name="vocabulary">Tokens, each once, with or without the filling and <c>[UNK]</c> at the start.</param>
    /// <param name="idfWeights">A weight for each, where the mode is <see cref="OutputMode.TfIdf"/>; else null.</param>
    /// <exception cref="ArgumentException">As in <see cref="IndexLookup{T}.SetVocabulary"/>.</exception>
    public void SetVocabulary(IEnumerable<string> vocabulary, float[]? idfWeights = null) =>
        lookup.SetVocabulary(vocabulary, idfWeights);

    /// <summary>Learns the vocabulary: tokens by how often they come, those that come as often in descending order.</summary>
    /// <param name="texts">Texts, which are read once and need not be in memory at once.</param>
    /// <exception cref="ArgumentException">There are no tokens.</exception>
    /// <exception cref="InvalidOperationException">A vocabulary was given when this was made.</exception>
    public void Adapt(IEnumerable<string> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        lookup.Adapt(texts.Select(text => (IReadOnlyList<string>)Tokenize(text)));
    }

    /// <summary>The tokens of a text: standardized, taken apart, and in runs where runs are asked for.</summary>
    /// <param name="text">The text.</param>
    public string[] Tokenize(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string standard = StandardizeWith?.Invoke(text) ?? Standard(text);
        string[] parts = SplitWith is not null ? [.. SplitWith(standard)] : split switch
        {
            // As C's isspace: not what other scripts have.
            TextSplit.Whitespace => standard.Split(" \t\n\v\f\r".ToCharArray(), StringSplitOptions.RemoveEmptyEntries),
            TextSplit.Character => [.. standard.EnumerateRunes().Select(rune => rune.ToString())],
            _ => [standard],
        };
        if (ngrams is [1]) return parts;
        List<string> runs = [];
        foreach (int length in ngrams)
            for (int first = 0; first + length <= parts.Length; first++) runs.Add(string.Join(' ', parts, first, length));
        return [.. runs];
    }

    /// <summary>The numbers of each text's tokens, as many as it has.</summary>
    /// <param name="texts">Texts.</param>
    /// <exception cref="InvalidOperationException">There is no vocabulary yet, or the mode is none of numbers.</exception>
    public int[][] TransformRagged(IEnumerable<string> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        if (OutputMode != OutputMode.Int)
            throw new InvalidOperationException($"Expected the mode Int. This TextVectorization has {OutputMode}.");
        return [.. texts.Select(text => lookup.Indices(Tokenize(text)))];
    }

    /// <summary>The numbers of texts.</summary>
    /// <param name="texts">Texts.</param>
    /// <returns>
    /// Int: (texts, length), or (texts) where texts are neither taken apart nor cut. Other modes: (texts, size of the vocabulary).
    /// </returns>
    /// <exception cref="InvalidOperationException">There is no vocabulary yet.</exception>
    public Tensor<float> Transform(IEnumerable<string> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        int[][] numbers = [.. texts.Select(text => lookup.Indices(Tokenize(text)))];
        if (OutputMode != OutputMode.Int) return Rows(numbers);
        bool isWhole = split == TextSplit.None && SplitWith is null && ngrams is [1] && outputSequenceLength is null;
        int length = outputSequenceLength ?? numbers.Select(row => row.Length).DefaultIfEmpty(0).Max();
        float[] padded = IndexEncoding.Rows(numbers.Length, length);
        for (int text = 0; text < numbers.Length; text++)
            for (int i = 0; i < numbers[text].Length && i < length; i++) padded[(text * length) + i] = numbers[text][i];
        return IndexEncoding.Create(padded, isWhole ? [numbers.Length] : [numbers.Length, length]);
    }

    private Tensor<float> Rows(int[][] numbers)
    {
        int depth = lookup.RowLength;
        float[] rows = IndexEncoding.Rows(numbers.Length, depth);
        for (int text = 0; text < numbers.Length; text++)
        {
            Span<float> row = rows.AsSpan(text * depth, depth);
            foreach (int index in numbers[text]) IndexEncoding.Count(row, index, OutputMode, 1);
            lookup.Weigh(row);
        }

        return IndexEncoding.Create(rows, [numbers.Length, depth]);
    }

    private string Standard(string text)
    {
        bool lowers = standardize is TextStandardization.Lower or TextStandardization.LowerAndStripPunctuation;
        bool strips = standardize is TextStandardization.StripPunctuation or TextStandardization.LowerAndStripPunctuation;
        if (!lowers && !strips) return text;
        char[] kept = new char[text.Length];
        int count = 0;
        foreach (char c in text)
        {
            if (strips && IsPunctuation(c)) continue;
            kept[count++] = lowers && char.IsAsciiLetterUpper(c) ? (char)(c | 0x20) : c;
        }

        return new string(kept, 0, count);
    }

    private static bool IsPunctuation(char c) =>
        c is (>= '!' and <= '/') or (>= ':' and <= '@') or (>= '[' and <= '`') or (>= '{' and <= '~');
}
