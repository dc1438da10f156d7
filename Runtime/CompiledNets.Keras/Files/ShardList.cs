using System.Globalization;
using System.Text.Json;

namespace CompiledNets.Keras.Files;

/// <summary>
/// Weights that Keras cut into several files: <c>model.weights.json</c> says what lies where, and <c>model_00000.weights.h5</c>, ... lie
/// beside it.
/// </summary>
internal static class ShardList
{
    private const string Ending = ".weights.json";

    /// <summary>A list of more has not been written by Keras.</summary>
    private const int LargestList = 64 << 20;

    /// <summary>Whether a file is such a list.</summary>
    /// <param name="start">Its first bytes.</param>
    public static bool Recognizes(ReadOnlySpan<byte> start) =>
        start.TrimStart(" \t\r\n"u8) is [(byte)'{', ..] && start.IndexOf("\"weight_map\""u8) >= 0;

    /// <summary>Opens the files of a list, in order.</summary>
    /// <param name="list">The list.</param>
    /// <exception cref="InvalidDataException">It is damaged, or a file is not there.</exception>
    public static IReadOnlyList<Stream> Open(Stream list)
    {
        if (list is not FileStream { Name: var path })
            throw new InvalidDataException("a list of files that lie beside it, which only its path tells: open it by that.");
        string folder = Path.GetDirectoryName(path)!;
        List<string> names = [.. Read(list)];

        // Before 3.11 an object that lies in several files is listed for the first.
        string stem = Path.GetFileName(path);
        if (stem.EndsWith(Ending, StringComparison.OrdinalIgnoreCase)) stem = stem[..^Ending.Length];
        for (int i = 0; ; i++)
        {
            string name = string.Create(CultureInfo.InvariantCulture, $"{stem}_{i:00000}.weights.h5");
            if (names.Contains(name)) continue;
            if (!File.Exists(Path.Combine(folder, name))) break;
            names.Add(name);
        }

        List<Stream> streams = [];
        try
        {
            foreach (string name in names)
            {
                string shard = Path.Combine(folder, name);
                if (!File.Exists(shard)) throw new InvalidDataException($"its file '{name}' is not beside it.");
                streams.Add(new FileStream(shard, FileMode.Open, FileAccess.Read, FileShare.Read));
            }
        }
        catch
        {
            foreach (Stream stream in streams) stream.Dispose();
            throw;
        }

        return streams;
    }

    // One file for an object, or a list of them.
    private static IEnumerable<string> Read(Stream list)
    {
        if (list.Length - list.Position > LargestList) throw new InvalidDataException("it is longer than any list of files.");
        try
        {
            using JsonDocument json = JsonDocument.Parse(list, new() { MaxDepth = 8 });
            if (!json.RootElement.TryGetProperty("weight_map", out JsonElement map) || map.ValueKind != JsonValueKind.Object)
                throw new InvalidDataException("it is damaged: no object 'weight_map'.");
            List<string> names = [];
            foreach (JsonElement files in map.EnumerateObject().Select(entry => entry.Value))
                foreach (JsonElement file in files.ValueKind == JsonValueKind.Array ? [.. files.EnumerateArray()] : new[] { files })
                    if (Name(file) is var name && !names.Contains(name)) names.Add(name);
            return names.Count > 0 ? names : throw new InvalidDataException("it lists no files.");
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw new InvalidDataException($"it is damaged: {exception.Message}", exception);
        }
    }

    // A file of another folder is none of this list.
    private static string Name(JsonElement file) => file.ValueKind == JsonValueKind.String && file.GetString() is { Length: > 0 } name
        && name.AsSpan().IndexOfAny('/', '\\', ':') < 0 && name is not ("." or "..") ? name
        : throw new InvalidDataException($"{JsonText.Of(file)} is no name of a file beside it.");
}
