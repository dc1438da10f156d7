using System.Text;
using System.Text.Json;

namespace CompiledNets.Keras.Files;

/// <summary>Keras's JSON of networks, as it lies in files and by itself.</summary>
internal static class Architectures
{
    /// <summary>So much of a file tells what it is.</summary>
    public const int StartSize = 2056;

    /// <summary>Text of a network of ten thousand layers takes a tenth of it.</summary>
    private const int LargestText = 256 << 20;

    /// <summary>Reads the network of a file.</summary>
    /// <param name="path">Keras's JSON, or a whole model.</param>
    /// <exception cref="InvalidDataException">It is damaged, or has no network.</exception>
    public static JsonDocument Open(string path)
    {
        using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        byte[] start = new byte[StartSize];
        int length = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        stream.Position = 0;
        if (IsJson(start.AsSpan(0, length)) && !ShardList.Recognizes(start.AsSpan(0, length)))
        {
            if (stream.Length > LargestText) throw new InvalidDataException(TooLong(stream.Length));
            byte[] text = new byte[stream.Length];
            stream.ReadExactly(text);
            using JsonDocument given = Json(text, "it");
            JsonElement root = given.RootElement;
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("class_name", out _))
                throw new InvalidDataException("it is no network: Keras writes one as an object with 'class_name' and 'config'.");
            return Read(text, root.TryGetProperty("keras_version", out JsonElement version) ? version.ToString() : "3", "it");
        }

        using var file = KerasFile.Open(stream);
        return file.Architecture is { } architecture ? JsonDocument.Parse(architecture.GetRawText(), new() { MaxDepth = 256 })
            : throw new InvalidDataException("it has weights alone, no network.");
    }

    /// <summary>Reads a network.</summary>
    /// <param name="text">Its JSON.</param>
    /// <param name="version">The version of Keras that wrote it; null where it does not say.</param>
    /// <param name="name">What to call it where it is damaged.</param>
    public static JsonDocument Read(byte[] text, string? version, string name)
    {
        if (text.Length > LargestText) throw new InvalidDataException($"'{name}': {TooLong(text.Length)}");
        return Json(Encoding.UTF8.GetBytes(Keras2Config.AsKeras3(Encoding.UTF8.GetString(text), version)), name);
    }

    /// <summary>Reads JSON.</summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public static JsonDocument Json(byte[] text, string name)
    {
        if (text.Length > LargestText) throw new InvalidDataException($"'{name}': {TooLong(text.Length)}");
        try
        {
            ReadOnlyMemory<byte> json = text.AsSpan().StartsWith("\uFEFF"u8) ? text.AsMemory(3) : text;
            return JsonDocument.Parse(json, new() { MaxDepth = 256 });
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"'{name}' is damaged: {exception.Message}", exception);
        }
    }

    private static bool IsJson(ReadOnlySpan<byte> start) =>
        (start.StartsWith("\uFEFF"u8) ? start[3..] : start).TrimStart(" \t\r\n"u8) is [(byte)'{', ..];

    private static string TooLong(long length) => $"it has {length} bytes, more than any network's text.";
}
