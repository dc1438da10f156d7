using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using CompiledNets.Files;

namespace CompiledNets.Data;

/// <summary>Keras's sets of texts, in which words are numbers by how frequent they are.</summary>
internal static class WordSequences
{
    /// <summary>Reads sequences: an array of lists in Keras's <c>.npz</c>.</summary>
    /// <exception cref="InvalidDataException">The file is damaged, cut off or another one.</exception>
    public static int[][] ReadSequences(string path, string array) =>
        Read<int[][]>(path, array, bytes => PickleReader.Read(bytes[HeaderLength(bytes)..]) switch
        {
            PickledArray { Data: List<object?> lists } => [.. lists.Select(PickledArray.WholeNumbers)],
            _ => throw new InvalidDataException("Expected an array of lists."),
        });

    /// <summary>Reads classes: an array of numbers, plain or pickled.</summary>
    /// <exception cref="InvalidDataException">The file is damaged, cut off or another one.</exception>
    public static int[] ReadLabels(string path, string array) => Read<int[]>(path, array, bytes =>
    {
        int header = HeaderLength(bytes);
        return Encoding.Latin1.GetString(bytes, 0, header).Contains("'|O'", StringComparison.Ordinal)
            ? PickledArray.WholeNumbers(PickleReader.Read(bytes[header..]))
            : [.. NpyFile.Read(new MemoryStream(bytes)).Select(number => (int)number)];
    });

    /// <summary>Reads the numbers of words.</summary>
    /// <exception cref="InvalidDataException">The file is damaged, cut off or another one.</exception>
    public static IReadOnlyDictionary<string, int> ReadWordIndex(string path)
    {
        try
        {
            using FileStream file = File.OpenRead(path);
            using JsonDocument json = JsonDocument.Parse(file);
            return json.RootElement.EnumerateObject()
                .ToDictionary(word => word.Name, word => word.Value.GetInt32(), StringComparer.Ordinal);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException or ArgumentException)
        {
            throw new InvalidDataException($"{path}: expected a number for each word. It is another file, damaged or cut off.", exception);
        }
    }

    /// <summary>What Keras does to a sequence's words: their numbers moved, a start before them, rare and frequent ones replaced.</summary>
    public sealed record Options(int? NumWords, int SkipTop, int? Maxlen, int? StartChar, int? OovChar, int IndexFrom)
    {
        /// <summary>Moves numbers and puts the start before them.</summary>
        public int[] Begin(int[] words) => StartChar is { } start
            ? [start, .. words.Select(word => word + IndexFrom)]
            : [.. words.Select(word => word + IndexFrom)];

        /// <summary>Leaves out sequences that are as long as the limit or longer, as Keras does.</summary>
        public (int[][] X, int[] Y) Shorten(int[][] x, int[] y)
        {
            if (Maxlen is null) return (x, y);
            int[] kept = [.. Enumerable.Range(0, x.Length).Where(i => x[i].Length < Maxlen)];
            if (kept.Length > 0) return ([.. kept.Select(i => x[i])], [.. kept.Select(i => y[i])]);
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture, $"Expected a length above that of some sequence. Received: maxlen={Maxlen}"), "maxlen");
        }

        /// <summary>Replaces or leaves out words whose numbers are below or above the limits.</summary>
        public int[][] Limit(int[][] x, int numWords) =>
        [
            .. x.Select(words => OovChar is { } oov
                ? Array.ConvertAll(words, word => word >= SkipTop && word < numWords ? word : oov)
                : Array.FindAll(words, word => word >= SkipTop && word < numWords)),
        ];

        /// <summary>The limit, which is the largest number of all where none is given.</summary>
        public int Most(IEnumerable<int[]> x) => NumWords ?? x.Max(words => words.Max());
    }

    // The header of an .npy file: magic, version, its length, its text.
    private static int HeaderLength(byte[] bytes)
    {
        if (bytes.Length < 12 || bytes[0] != 0x93) throw new InvalidDataException("Expected an array of NumPy.");
        int length = bytes[6] == 1
            ? 10 + (bytes[8] | (bytes[9] << 8))
            : 12 + (bytes[8] | (bytes[9] << 8) | (bytes[10] << 16) | ((bytes[11] & 0x7f) << 24));
        return length >= 0 && length <= bytes.Length ? length : throw new InvalidDataException("Expected an array of NumPy.");
    }

    private static T Read<T>(string path, string array, Func<byte[], T> read)
    {
        try
        {
            using ZipArchive zip = ZipFile.OpenRead(path);
            ZipArchiveEntry entry = zip.GetEntry(array + ".npy") ?? throw new InvalidDataException($"There is no array '{array}'.");
            using Stream stream = entry.Open();
            using MemoryStream copy = new();
            stream.CopyTo(copy);
            return read(copy.ToArray());
        }
        catch (InvalidDataException exception)
        {
            throw new InvalidDataException($"{path}: {exception.Message}", exception);
        }
    }
}
