namespace CompiledNets.Data;

/// <summary>
/// IMDB: 25,000 reviews of films to train on and 25,000 to test with, for and against, each a sequence of the numbers of its words, by how
/// frequent they are (Maas et al., "Learning Word Vectors for Sentiment Analysis", 2011).
/// </summary>
public static class Imdb
{
    private const string FileName = "imdb.npz", IndexName = "imdb_word_index.json";

    private static readonly Uri Origin = new("https://storage.googleapis.com/tensorflow/tf-keras-datasets/");

    /// <summary>Reads the set, in the order in which Keras gives it for the same seed.</summary>
    /// <param name="folder">
    /// A folder with Keras's imdb.npz; null for the one that is downloaded, once, to <see cref="DataFile.DefaultFolder"/>.
    /// </param>
    /// <param name="numWords">Numbers from this one on are <paramref name="oovChar"/>; null for the largest, as in Keras.</param>
    /// <param name="skipTop">Numbers below this one are <paramref name="oovChar"/>.</param>
    /// <param name="maxlen">Sequences of this length and more are left out; null for none.</param>
    /// <param name="seed">The seed of the order.</param>
    /// <param name="startChar">The number that stands before each sequence; null for none.</param>
    /// <param name="oovChar">The number of words that are left out; null to leave them out altogether.</param>
    /// <param name="indexFrom">What is added to the number of each word.</param>
    /// <param name="verbose">Whether a download prints its progress.</param>
    /// <returns>Sequences, for <see cref="Sequences"/> to pad, and their classes: 1 for, 0 against.</returns>
    /// <exception cref="IOException">The file is not in the folder, or cannot be had.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, cut off or another one.</exception>
    /// <exception cref="ArgumentException">No sequence is shorter than <paramref name="maxlen"/>.</exception>
    public static ((int[][] X, int[] Y) Train, (int[][] X, int[] Y) Test) LoadData(
        string? folder = null, int? numWords = null, int skipTop = 0, int? maxlen = null, int seed = 113, int? startChar = 1,
        int? oovChar = 2, int indexFrom = 3, Verbose verbose = Verbose.Bar)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(seed);
        string path = folder is null
            ? DataFile.Get(
                FileName, new(Origin, FileName), "69664113be75683a8fe16e3ed0ab59fda8886cb3cd7ada244f7d9544e4676b9f", verbose: verbose)
            : Path.Combine(folder, FileName);
        WordSequences.Options options = new(numWords, skipTop, maxlen, startChar, oovChar, indexFrom);
        NumPyRandom random = new((uint)seed);
        (int[][] X, int[] Y) train = Part("train"), test = Part("test");
        int most = options.Most(train.X.Concat(test.X));
        return ((options.Limit(train.X, most), train.Y), (options.Limit(test.X, most), test.Y));

        (int[][] X, int[] Y) Part(string name)
        {
            int[][] x = WordSequences.ReadSequences(path, "x_" + name);
            int[] y = WordSequences.ReadLabels(path, "y_" + name);
            if (x.Length != y.Length) throw new InvalidDataException($"{path}: expected a class for each sequence.");
            int[] order = random.Order(x.Length);
            return options.Shorten([.. order.Select(i => options.Begin(x[i]))], [.. order.Select(i => y[i])]);
        }
    }

    /// <summary>The number of each word, without what <c>indexFrom</c> adds.</summary>
    /// <param name="folder">A folder with Keras's imdb_word_index.json; null for the one that is downloaded, once.</param>
    /// <param name="verbose">Whether a download prints its progress.</param>
    /// <exception cref="IOException">The file is not in the folder, or cannot be had.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, cut off or another one.</exception>
    public static IReadOnlyDictionary<string, int> GetWordIndex(string? folder = null, Verbose verbose = Verbose.Bar) =>
        WordSequences.ReadWordIndex(folder is null
            ? DataFile.Get(IndexName, new(Origin, IndexName), "bfafd718b763782e994055a2d397834f", verbose: verbose)
            : Path.Combine(folder, IndexName));
}
