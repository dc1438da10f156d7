namespace CompiledNets.Data;

/// <summary>
/// Reuters: 11,228 short pieces of news of 46 topics, each a sequence of the numbers of its words, by how frequent they are
/// (Reuters-21578).
/// </summary>
public static class Reuters
{
    private const string FileName = "reuters.npz", IndexName = "reuters_word_index.json";

    private static readonly Uri Origin = new("https://storage.googleapis.com/tensorflow/tf-keras-datasets/");

    /// <summary>What the topics are.</summary>
    public static IReadOnlyList<string> LabelNames { get; } =
    [
        "cocoa", "grain", "veg-oil", "earn", "acq", "wheat", "copper", "housing", "money-supply", "coffee", "sugar", "trade",
        "reserves", "ship", "cotton", "carcass", "crude", "nat-gas", "cpi", "money-fx", "interest", "gnp", "meal-feed", "alum",
        "oilseed", "gold", "tin", "strategic-metal", "livestock", "retail", "ipi", "iron-steel", "rubber", "heat", "jobs", "lei",
        "bop", "zinc", "orange", "pet-chem", "dlr", "gas", "silver", "wpi", "hog", "lead",
    ];

    /// <summary>Reads the set, in the order and the parts in which Keras gives it for the same seed.</summary>
    /// <param name="folder">
    /// A folder with Keras's reuters.npz; null for the one that is downloaded, once, to <see cref="DataFile.DefaultFolder"/>.
    /// </param>
    /// <param name="numWords">Numbers from this one on are <paramref name="oovChar"/>; null for the largest, as in Keras.</param>
    /// <param name="skipTop">Numbers below this one are <paramref name="oovChar"/>.</param>
    /// <param name="maxlen">Sequences of this length and more are left out; null for none.</param>
    /// <param name="testSplit">The share to test with, from 0 to 1.</param>
    /// <param name="seed">The seed of the order.</param>
    /// <param name="startChar">The number that stands before each sequence; null for none.</param>
    /// <param name="oovChar">The number of words that are left out; null to leave them out altogether.</param>
    /// <param name="indexFrom">What is added to the number of each word.</param>
    /// <param name="verbose">Whether a download prints its progress.</param>
    /// <returns>Sequences, for <see cref="Sequences"/> to pad, and their topics, from 0 to 45.</returns>
    /// <exception cref="IOException">The file is not in the folder, or cannot be had.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, cut off or another one.</exception>
    /// <exception cref="ArgumentException">No sequence is shorter than <paramref name="maxlen"/>, or the share is none.</exception>
    public static ((int[][] X, int[] Y) Train, (int[][] X, int[] Y) Test) LoadData(
        string? folder = null, int? numWords = null, int skipTop = 0, int? maxlen = null, double testSplit = 0.2, int seed = 113,
        int? startChar = 1, int? oovChar = 2, int indexFrom = 3, Verbose verbose = Verbose.Bar)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(seed);
        if (!(testSplit is >= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(testSplit), $"Expected a share from 0 to 1. Received: testSplit={testSplit}");
        string path = folder is null
            ? DataFile.Get(
                FileName, new(Origin, FileName), "d6586e694ee56d7a4e65172e12b3e987c03096cb01eab99753921ef915959916", verbose: verbose)
            : Path.Combine(folder, FileName);
        WordSequences.Options options = new(numWords, skipTop, maxlen, startChar, oovChar, indexFrom);
        int[][] x = WordSequences.ReadSequences(path, "x");
        int[] y = WordSequences.ReadLabels(path, "y");
        if (x.Length != y.Length) throw new InvalidDataException($"{path}: expected a topic for each sequence.");
        int[] order = new NumPyRandom((uint)seed).Order(x.Length);
        (x, y) = options.Shorten([.. order.Select(i => options.Begin(x[i]))], [.. order.Select(i => y[i])]);
        x = options.Limit(x, options.Most(x));
        int train = (int)(x.Length * (1 - testSplit));
        return ((x[..train], y[..train]), (x[train..], y[train..]));
    }

    /// <summary>The number of each word, without what <c>indexFrom</c> adds.</summary>
    /// <param name="folder">A folder with Keras's reuters_word_index.json; null for the one that is downloaded, once.</param>
    /// <param name="verbose">Whether a download prints its progress.</param>
    /// <exception cref="IOException">The file is not in the folder, or cannot be had.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, cut off or another one.</exception>
    public static IReadOnlyDictionary<string, int> GetWordIndex(string? folder = null, Verbose verbose = Verbose.Bar) =>
        WordSequences.ReadWordIndex(folder is null
            ? DataFile.Get(IndexName, new(Origin, IndexName), "4d44cc38712099c9e383dc6e5f11a921", verbose: verbose)
            : Path.Combine(folder, IndexName));
}
