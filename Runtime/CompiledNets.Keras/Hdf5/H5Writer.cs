using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace CompiledNets.Keras.Hdf5;

/// <summary>A group that is to be written.</summary>
internal sealed class H5NewGroup
{
    /// <summary>What lies in it, by name.</summary>
    public SortedDictionary<string, object> Children { get; } = new(StringComparer.Ordinal);

    /// <summary>Its attributes: texts and lists of texts.</summary>
    public List<(string Name, object Value)> Attributes { get; } = [];

    /// <summary>The group at a path below, made where it is not there.</summary>
    public H5NewGroup Group(string path)
    {
        H5NewGroup group = this;
        foreach (string part in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!group.Children.TryGetValue(part, out object? child)) group.Children[part] = child = new H5NewGroup();
            group = child as H5NewGroup ?? throw new InvalidDataException($"'{part}' of '{path}' is a group and a data set.");
        }

        return group;
    }

    /// <summary>Adds numbers.</summary>
    public void Add(string name, int[] shape, ReadOnlyMemory<float> values) => Put(name, new H5NewData(shape, values, null));

    /// <summary>Adds a whole number.</summary>
    public void Add(string name, long value) => Put(name, new H5NewData([], default, value));

    private void Put(string path, H5NewData data)
    {
        int slash = path.LastIndexOf('/');
        H5NewGroup group = slash < 0 ? this : Group(path[..slash]);
        if (!group.Children.TryAdd(path[(slash + 1)..], data)) throw new InvalidDataException($"'{path}' is there twice.");
    }
}

/// <summary>A data set that is to be written: singles, or one whole number.</summary>
internal sealed record H5NewData(int[] Shape, ReadOnlyMemory<float> Values, long? Whole);

/// <summary>
/// Writes HDF5: superblock 0, object headers 1, links in messages, contiguous data. h5py and every other reader of HDF5 1.8 and later takes
/// it.
/// </summary>
internal sealed class H5Writer
{
    private const int SuperblockSize = 96;

    // Longer names of layers are cut into pieces, as Keras does: an attribute holds no more.
    private const int LargestAttribute = 64512;

    // Shorter texts lie in the attribute itself.
    private const int LongText = 4096;
    private const int SmallestHeap = 4096;
    private const long Undefined = -1;

    private static ReadOnlySpan<byte> SingleType => [0x11, 0x20, 0x1F, 0, 4, 0, 0, 0, 0, 0, 0x20, 0, 0x17, 8, 0, 0x17, 0x7F, 0, 0, 0];

    private static ReadOnlySpan<byte> LongType => [0x10, 8, 0, 0, 8, 0, 0, 0, 0, 0, 0x40, 0];

    private static ReadOnlySpan<byte> VariableText => [0x19, 1, 1, 0, 16, 0, 0, 0, 0x10, 0, 0, 0, 1, 0, 0, 0, 0, 0, 8, 0];

    private readonly List<(byte[]? Bytes, ReadOnlyMemory<float> Values)> parts = [];
    private long end = SuperblockSize;

    /// <summary>Writes a file.</summary>
    /// <param name="root">What is in it.</param>
    /// <param name="stream">Where it goes, from front to back.</param>
    public static void Write(H5NewGroup root, Stream stream)
    {
        H5Writer writer = new();
        long address = writer.Place(root);
        stream.Write(Superblock(address, writer.end));
        byte[] zeros = new byte[8];
        foreach ((byte[]? bytes, ReadOnlyMemory<float> values) in writer.parts)
        {
            if (bytes is not null) stream.Write(bytes);
            else WriteSingles(values, stream);
            long length = bytes?.Length ?? values.Length * (long)sizeof(float);
            stream.Write(zeros, 0, (int)((8 - (length % 8)) % 8));
        }
    }

    private static void WriteSingles(ReadOnlyMemory<float> values, Stream stream)
    {
        const int piece = 1 << 20;
        if (!BitConverter.IsLittleEndian) throw new PlatformNotSupportedException("HDF5 files are written on little-endian machines.");
        for (int at = 0; at < values.Length; at += piece)
            stream.Write(MemoryMarshal.AsBytes(values.Span[at..Math.Min(values.Length, at + piece)]));
    }

    private static byte[] Superblock(long root, long end)
    {
        byte[] bytes = new byte[SuperblockSize];
        H5File.Signature.CopyTo(bytes);
        (bytes[13], bytes[14], bytes[16], bytes[18]) = (8, 8, 4, 16);
        Span<byte> rest = bytes.AsSpan(24);
        Long(rest, 0);
        Long(rest[8..], Undefined);
        Long(rest[16..], end);
        Long(rest[24..], Undefined);
        Long(rest[40..], root);
        return bytes;
    }

    private long Place(object node)
    {
        if (node is H5NewData data) return PlaceData(data);
        H5NewGroup group = (H5NewGroup)node;
        (string Name, long Address)[] links = [.. group.Children.Select(child => (child.Key, Place(child.Value)))];
        List<(int Kind, byte[] Body)> messages =
            [(H5Object.LinkInfo, [0, 0, .. LongBytes(Undefined), .. LongBytes(Undefined)]), (0xA, [0, 0])];
        foreach ((string name, object value) in group.Attributes)
            messages.AddRange(AttributesOf(name, value).Select(body => (H5Object.Attribute, body)));
        messages.AddRange(links.Select(link => (H5Object.Link, LinkBody(link.Name, link.Address))));
        return Append(Header(messages));
    }

    private long PlaceData(H5NewData data)
    {
        long length = data.Whole is null ? data.Values.Length * (long)sizeof(float) : sizeof(long);
        long address = length == 0 ? Undefined : data.Whole is { } whole ? Append(LongBytes(whole)) : Append(null, data.Values);
        byte[] type = data.Whole is null ? SingleType.ToArray() : LongType.ToArray();
        return Append(Header([
            (H5Object.Space, Space(data.Shape)), (H5Object.Type, type), (H5Object.Fill, [2, 2, 2, 1, 0, 0, 0, 0]),
            (H5Object.Layout, [3, 1, .. LongBytes(address), .. LongBytes(length)]),
        ]));
    }

    private long Append(byte[]? bytes, ReadOnlyMemory<float> values = default)
    {
        long address = end;
        parts.Add((bytes, values));
        long length = bytes?.Length ?? values.Length * (long)sizeof(float);
        end += (length + 7) / 8 * 8;
        return address;
    }

    private static byte[] Header(List<(int Kind, byte[] Body)> messages)
    {
        if (messages.Count > ushort.MaxValue) throw new InvalidDataException($"a group of {messages.Count} parts, more than HDF5 takes.");
        int size = messages.Sum(message => 8 + Padded(message.Body.Length));
        byte[] bytes = new byte[16 + size];
        bytes[0] = 1;
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(2), (ushort)messages.Count);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4), 1);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(8), size);
        int at = 16;
        foreach ((int kind, byte[] body) in messages)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(at), (ushort)kind);
            BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(at + 2), checked((ushort)Padded(body.Length)));
            body.CopyTo(bytes, at + 8);
            at += 8 + Padded(body.Length);
        }

        return bytes;
    }

    private IEnumerable<byte[]> AttributesOf(string name, object value)
    {
        if (value is string text)
        {
            byte[] utf8 = Encoding.UTF8.GetBytes(text);
            yield return utf8.Length is 0 or >= LongText
                ? AttributeBody(name, VariableText.ToArray(), [],
                    [.. IntBytes(utf8.Length), .. LongBytes(utf8.Length == 0 ? 0 : PlaceText(utf8)), .. IntBytes(utf8.Length == 0 ? 0 : 1)])
                : AttributeBody(name, TextType(utf8.Length), [], utf8);
            yield break;
        }

        byte[][] texts = [.. ((IEnumerable<string>)value).Select(Encoding.UTF8.GetBytes)];
        if (texts.Length == 0)
        {
            // As h5py writes an empty list.
            yield return AttributeBody(name, [0x11, 0x20, 0x3F, 0, 8, 0, 0, 0, 0, 0, 0x40, 0, 0x34, 0x0B, 0, 0x34, 0xFF, 3, 0, 0], [0], []);
            yield break;
        }

        int size = Math.Max(1, texts.Max(one => one.Length));
        int most = Math.Max(1, LargestAttribute / size);
        byte[][][] pieces = [.. texts.Chunk(most)];
        for (int i = 0; i < pieces.Length; i++)
        {
            byte[] all = new byte[size * pieces[i].Length];
            for (int k = 0; k < pieces[i].Length; k++) pieces[i][k].CopyTo(all, k * size);
            string own = pieces.Length == 1 ? name : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{name}{i}");
            yield return AttributeBody(own, TextType(size), [pieces[i].Length], all);
        }
    }

    // A heap of one text.
    private long PlaceText(byte[] text)
    {
        int size = Math.Max(SmallestHeap, 32 + Padded(text.Length));
        byte[] heap = new byte[size];
        "GCOL"u8.CopyTo(heap);
        heap[4] = 1;
        Long(heap.AsSpan(8), size);
        heap[16] = 1;
        heap[18] = 1;
        Long(heap.AsSpan(24), text.Length);
        text.CopyTo(heap, 32);
        int rest = size - 32 - Padded(text.Length);
        if (rest >= 16) Long(heap.AsSpan(size - rest + 8), rest);
        return Append(heap);
    }

    private static byte[] AttributeBody(string name, byte[] type, int[] shape, byte[] data)
    {
        byte[] named = [.. Encoding.UTF8.GetBytes(name), 0], space = Space(shape);
        byte[] head = new byte[8];
        head[0] = 1;
        BinaryPrimitives.WriteUInt16LittleEndian(head.AsSpan(2), (ushort)named.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(head.AsSpan(4), (ushort)type.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(head.AsSpan(6), (ushort)space.Length);
        return [.. head, .. Pad(named), .. Pad(type), .. Pad(space), .. data];
    }

    private static byte[] TextType(int size) => [0x13, 0x11, 0, 0, .. IntBytes(size)];

    private static byte[] Space(int[] shape)
    {
        byte[] bytes = new byte[8 + (8 * shape.Length)];
        bytes[0] = 1;
        bytes[1] = (byte)shape.Length;
        for (int i = 0; i < shape.Length; i++) Long(bytes.AsSpan(8 + (8 * i)), shape[i]);
        return bytes;
    }

    private static byte[] LinkBody(string name, long address)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(name);
        bool isLong = utf8.Length > byte.MaxValue;
        byte[] length = isLong ? [(byte)utf8.Length, (byte)(utf8.Length >> 8)] : [(byte)utf8.Length];
        return [1, (byte)(0x10 | (isLong ? 1 : 0)), 1, .. length, .. utf8, .. LongBytes(address)];
    }

    private static byte[] Pad(byte[] bytes) => [.. bytes, .. new byte[Padded(bytes.Length) - bytes.Length]];

    private static int Padded(int length) => (length + 7) / 8 * 8;

    private static void Long(Span<byte> to, long value) => BinaryPrimitives.WriteInt64LittleEndian(to, value);

    private static byte[] LongBytes(long value)
    {
        byte[] bytes = new byte[8];
        Long(bytes, value);
        return bytes;
    }

    private static byte[] IntBytes(int value)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        return bytes;
    }
}
