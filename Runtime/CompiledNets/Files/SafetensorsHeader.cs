using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Text.Json;

namespace CompiledNets.Files;

/// <summary>A tensor of a safetensors file: how it is stored and where.</summary>
/// <param name="Type">Name of its type: <c>F32</c>.</param>
/// <param name="Shape">Its axes; none for a single number.</param>
/// <param name="Start">Where its first byte lies after the header.</param>
/// <param name="Length">Its bytes.</param>
internal sealed record SafetensorsEntry(string Type, int[] Shape, long Start, long Length)
{
    /// <summary>How many numbers it has.</summary>
    public int Count => (int)Shape.Aggregate(1L, (count, axis) => count * axis);
}

/// <summary>
/// What stands before the numbers of a safetensors file: a length of eight bytes and a JSON object with type, shape and place of each
/// tensor (the format's own description, github.com/huggingface/safetensors).
/// </summary>
/// <param name="Entries">The tensors, in the order of their names.</param>
/// <param name="Metadata">Texts beside them.</param>
/// <param name="Length">Bytes before the first number.</param>
internal sealed record SafetensorsHeader(
    IReadOnlyDictionary<string, SafetensorsEntry> Entries, IReadOnlyDictionary<string, string> Metadata, long Length)
{
    /// <summary>Bytes that say how long the header is.</summary>
    public const int LengthSize = 8;

    /// <summary>Longest header that the format allows.</summary>
    private const long LongestText = 100_000_000;

    private const string MetadataName = "__metadata__";

    private static readonly Dictionary<string, StoredNumbers> Types = new(StringComparer.Ordinal)
    {
        ["F64"] = new(NumberKind.Float, 8),
        ["F32"] = StoredNumbers.Singles,
        ["F16"] = new(NumberKind.Float, 2),
        ["BF16"] = new(NumberKind.BFloat, 2),
        ["I64"] = new(NumberKind.Signed, 8),
        ["I32"] = new(NumberKind.Signed, 4),
        ["I16"] = new(NumberKind.Signed, 2),
        ["I8"] = new(NumberKind.Signed, 1),
        ["U64"] = new(NumberKind.Unsigned, 8),
        ["U32"] = new(NumberKind.Unsigned, 4),
        ["U16"] = new(NumberKind.Unsigned, 2),
        ["U8"] = new(NumberKind.Unsigned, 1),
        ["BOOL"] = new(NumberKind.Bool, 1),
    };

    /// <summary>Whether there is such a type.</summary>
    public static bool IsKnown(string type) => Types.ContainsKey(type);

    /// <summary>How numbers of a type are stored.</summary>
    /// <exception cref="InvalidDataException">There is no such type.</exception>
    public static StoredNumbers NumbersOf(string type) => Types.TryGetValue(type, out StoredNumbers numbers)
        ? numbers
        : throw new InvalidDataException($"Expected one of the types {string.Join(", ", Types.Keys)}. Received: {type}");

    /// <summary>How long the text of a header is.</summary>
    /// <param name="start">The first eight bytes of the file.</param>
    /// <param name="fileLength">Bytes of the file.</param>
    /// <exception cref="InvalidDataException">The file is none of this format, or cut off.</exception>
    public static int TextLength(ReadOnlySpan<byte> start, long fileLength)
    {
        if (start.Length < LengthSize) throw new InvalidDataException($"no safetensors file: it ends after {start.Length} bytes.");
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(start);
        if (length > LongestText || (long)length > fileLength - LengthSize)
        {
            throw new InvalidDataException(string.Create(
                CultureInfo.InvariantCulture,
                $"no safetensors file, or it is cut off: a header of {length} bytes in a file of {fileLength}."));
        }

        return (int)length;
    }

    /// <summary>Reads the text of a header.</summary>
    /// <param name="text">The JSON.</param>
    /// <param name="fileLength">Bytes of the file.</param>
    /// <exception cref="InvalidDataException">The text is damaged, or tensors do not fill the file, one after the other.</exception>
    public static SafetensorsHeader Read(ReadOnlyMemory<byte> text, long fileLength)
    {
        var entries = new Dictionary<string, SafetensorsEntry>(StringComparer.Ordinal);
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        try
        {
            using JsonDocument document = JsonDocument.Parse(text, new() { MaxDepth = 8 });
            foreach (JsonProperty property in document.RootElement.EnumerateObject())
            {
                if (property.Name == MetadataName)
                {
                    foreach (JsonProperty entry in property.Value.EnumerateObject()) metadata[entry.Name] = entry.Value.GetString() ?? "";
                }
                else if (!entries.TryAdd(property.Name, ReadEntry(property)))
                {
                    throw new InvalidDataException($"two tensors '{property.Name}'.");
                }
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException
            or KeyNotFoundException)
        {
            throw new InvalidDataException($"a damaged header: {exception.Message}", exception);
        }

        long length = LengthSize + text.Length;
        CheckPlaces(entries, fileLength - length);
        return new(entries, metadata, length);
    }

    /// <summary>The bytes before the numbers, for tensors that are written in this order.</summary>
    public static byte[] Write(IEnumerable<(string Name, int[] Shape)> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        ArrayBufferWriter<byte> text = new();
        using (Utf8JsonWriter json = new(text))
        {
            json.WriteStartObject();
            if (metadata.Count > 0)
            {
                json.WriteStartObject(MetadataName);
                foreach ((string name, string value) in metadata) json.WriteString(name, value);
                json.WriteEndObject();
            }

            long place = 0;
            foreach ((string name, int[] shape) in tensors)
            {
                if (name == MetadataName) throw new ArgumentException($"No tensor can have the name '{MetadataName}'.", nameof(tensors));
                json.WriteStartObject(name);
                json.WriteString("dtype", "F32");
                json.WriteStartArray("shape");
                long size = sizeof(float);
                foreach (int axis in shape)
                {
                    json.WriteNumberValue(axis);
                    size *= axis;
                }

                json.WriteEndArray();
                json.WriteStartArray("data_offsets");
                json.WriteNumberValue(place);
                json.WriteNumberValue(place += size);
                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        // Spaces at the end let the numbers begin at a multiple of eight bytes.
        int padded = (text.WrittenCount + 7) / 8 * 8;
        byte[] bytes = new byte[LengthSize + padded];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, (ulong)padded);
        text.WrittenSpan.CopyTo(bytes.AsSpan(LengthSize));
        bytes.AsSpan(LengthSize + text.WrittenCount).Fill((byte)' ');
        return bytes;
    }

    private static SafetensorsEntry ReadEntry(JsonProperty property)
    {
        string type = property.Value.GetProperty("dtype").GetString() ?? "";
        int[] shape = [.. property.Value.GetProperty("shape").EnumerateArray().Select(axis => axis.GetInt32())];
        long[] offsets = [.. property.Value.GetProperty("data_offsets").EnumerateArray().Select(offset => offset.GetInt64())];
        if (offsets.Length != 2 || offsets[0] < 0 || offsets[1] < offsets[0])
            throw new InvalidDataException($"tensor '{property.Name}' lies from [{string.Join(", ", offsets)}].");
        long length = offsets[1] - offsets[0];

        // What this program does not read is passed over, so that other tensors of the file can be had.
        if (!Types.TryGetValue(type, out StoredNumbers numbers)) return new(type, shape, offsets[0], length);
        Int128 count = 1;
        foreach (int axis in shape)
        {
            if (axis < 0) throw new InvalidDataException($"tensor '{property.Name}' has an axis of {axis}.");

            // Beyond this no product of axes comes back to the length of the tensor; zero axes may follow.
            count = Int128.Min(count, long.MaxValue) * axis;
        }

        if (count > int.MaxValue || count * numbers.Size != length)
        {
            throw new InvalidDataException(string.Create(
                CultureInfo.InvariantCulture,
                $"tensor '{property.Name}' of type {type} and shape {ShapeText.Of(shape)} takes {count * numbers.Size} bytes, but has " +
                    $"{length}."));
        }

        return new(type, shape, offsets[0], length);
    }

    private static void CheckPlaces(Dictionary<string, SafetensorsEntry> entries, long room)
    {
        long end = 0;
        foreach ((string name, SafetensorsEntry entry) in entries.OrderBy(entry => entry.Value.Start).ThenBy(entry => entry.Value.Length))
        {
            if (entry.Start != end)
                throw new InvalidDataException(
                    string.Create(CultureInfo.InvariantCulture, $"tensor '{name}' begins at {entry.Start}, where {end} is expected."));
            end = entry.Start + entry.Length;
        }

        if (end == room) return;
        throw new InvalidDataException(string.Create(
            CultureInfo.InvariantCulture, $"its tensors take {end} bytes, but {room} follow the header: it is cut off or damaged."));
    }
}
