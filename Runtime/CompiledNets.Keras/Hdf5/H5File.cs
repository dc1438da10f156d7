using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using CompiledNets.Files;

namespace CompiledNets.Keras.Hdf5;

/// <summary>
/// Reads HDF5 files, as far as Keras and h5py write them (HDF5 File Format Specification, versions 0 to 3 of the superblock). A damaged
/// file ends in an <see cref="InvalidDataException"/>, after time and in memory that its length bounds.
/// </summary>
internal sealed class H5File
{
    private readonly H5Bytes bytes;
    private readonly Dictionary<long, Dictionary<int, byte[]>> heaps = [];

    private H5File(H5Bytes bytes, long root)
    {
        this.bytes = bytes;
        Root = new(this, root, "");
    }

    /// <summary>The letters that a file begins with.</summary>
    public static ReadOnlySpan<byte> Signature => [0x89, (byte)'H', (byte)'D', (byte)'F', (byte)'\r', (byte)'\n', 0x1A, (byte)'\n'];

    /// <summary>The outermost group.</summary>
    public H5Node Root { get; }

    /// <summary>Opens a file.</summary>
    /// <param name="stream">The file, from here on; it can seek, and stays open.</param>
    /// <exception cref="InvalidDataException">It is no HDF5 file, damaged, or of a kind that is not read.</exception>
    public static H5File Open(Stream stream)
    {
        H5Bytes bytes = new(stream, stream.Position);
        long at = Start(bytes);
        H5Span head = bytes.Part(at, Math.Min(96, bytes.Length - at));
        head.Skip(8);
        int version = head.Byte();
        if (version > 3) throw new InvalidDataException($"an HDF5 file of version {version}; 0 to 3 are read.");
        long root;
        if (version < 2)
        {
            head.Skip(4);
            Sizes(head.Byte(), head.Byte());
            head.Skip(version == 1 ? 13 : 9);
            bytes.Base = Base(head.Long(), at);
            head.Skip(8);
            End(bytes, head.Long());
            head.Skip(16);
            root = head.Long();
        }
        else
        {
            Sizes(head.Byte(), head.Byte());
            head.Skip(1);
            bytes.Base = Base(head.Long(), at);
            head.Skip(8);
            End(bytes, head.Long());
            root = head.Long();
        }

        return new(bytes, root);
    }

    /// <summary>The messages of an object.</summary>
    internal List<H5Message> Messages(long address) => H5Object.Read(bytes, address);

    /// <summary>The links of an object.</summary>
    internal List<H5Link> Links(List<H5Message> messages) => H5Groups.Links(bytes, messages);

    /// <summary>The attributes of an object.</summary>
    internal Dictionary<string, H5Attribute> Attributes(List<H5Message> messages)
    {
        Dictionary<string, H5Attribute> attributes = new(StringComparer.Ordinal);
        foreach (H5Message message in messages)
        {
            if (message.Kind == H5Object.Attribute) Add(message.Body);
            if (message.Kind != H5Object.AttributeInfo) continue;
            H5Span body = new(message.Body);
            body.Skip(1);
            body.Skip((body.Byte() & 1) != 0 ? 2 : 0);
            long heap = body.Long(), names = body.Long();
            if (heap == H5Bytes.Undefined) continue;
            foreach (byte[] item in H5Dense.Items(bytes, heap, names)) Add(item);
        }

        return attributes;

        void Add(byte[] body)
        {
            H5Attribute attribute = H5Attribute.Read(body);
            attributes[attribute.Name] = attribute;
        }
    }

    /// <summary>The numbers of a data set.</summary>
    internal H5Data Data(List<H5Message> messages, StoredNumbers numbers, int[] shape) => new(bytes, messages, numbers, shape);

    /// <summary>The most elements that a data set can have.</summary>
    internal long Length => bytes.Length;

    /// <summary>The texts of an attribute.</summary>
    /// <exception cref="InvalidDataException">They are none, or damaged.</exception>
    internal string[] Texts(H5Attribute attribute)
    {
        if (attribute.Count == 0) return [];
        if (!attribute.Type.IsText)
            throw new InvalidDataException($"the attribute '{attribute.Name}' has {attribute.Type.Name} where texts are expected.");
        H5Span data = new(attribute.Data);
        string[] texts = new string[attribute.Count];
        for (int i = 0; i < texts.Length; i++)
        {
            if (!attribute.Type.IsVariable)
            {
                ReadOnlySpan<byte> text = data.Take(attribute.Type.Size);
                int end = text.IndexOf((byte)0);
                texts[i] = Encoding.UTF8.GetString(end < 0 ? text : text[..end]);
                continue;
            }

            int length = (int)data.Int();
            long heap = data.Long();
            int index = (int)data.Int();
            if (heap is 0 or H5Bytes.Undefined || length == 0)
            {
                texts[i] = "";
                continue;
            }

            byte[] item = Heap(heap).TryGetValue(index, out byte[]? found) ? found
                : throw new InvalidDataException("it is damaged: a text that is not there.");
            if (length < 0 || length > item.Length) throw new InvalidDataException("it is damaged: a text that is cut off.");
            bytes.Work(length);
            texts[i] = Encoding.UTF8.GetString(item.AsSpan(0, length)).TrimEnd('\0');
        }

        return texts;
    }

    // A collection of texts and the like, each with a number.
    private Dictionary<int, byte[]> Heap(long address)
    {
        if (heaps.TryGetValue(address, out Dictionary<int, byte[]>? known)) return known;
        H5Span head = bytes.Part(address, 16);
        head.Expect("GCOL"u8);
        head.Skip(4);
        long size = head.Long();
        if (size < 16) throw new InvalidDataException("it is damaged: a heap of no size.");
        H5Span items = bytes.Part(address + 16, size - 16);
        Dictionary<int, byte[]> heap = [];
        while (items.Left >= 16)
        {
            int index = items.Short();
            items.Skip(6);
            long length = items.Long();
            if (index == 0) break;
            heap[index] = items.Take(length).ToArray();
            items.Skip(Math.Min((8 - (length % 8)) % 8, items.Left));
        }

        return heaps[address] = heap;
    }

    // At the beginning, or after 512, 1024, 2048, ... bytes of somebody else's.
    private static long Start(H5Bytes bytes)
    {
        for (long at = 0; at + Signature.Length <= bytes.Length && at <= 1 << 20; at = at == 0 ? 512 : at * 2)
            if (bytes.Read(at, Signature.Length).AsSpan().SequenceEqual(Signature)) return at;
        throw new InvalidDataException("no HDF5 file.");
    }

    private static void Sizes(int offsets, int lengths)
    {
        if (offsets != 8 || lengths != 8)
            throw new InvalidDataException($"an HDF5 file with addresses of {offsets} bytes; those of 8 are read.");
    }

    private static long Base(long named, long start) =>
        named == start || named == 0 ? named : throw new InvalidDataException("it is damaged: addresses that count from elsewhere.");

    private static void End(H5Bytes bytes, long end)
    {
        if (end >= 0 && bytes.Base + end <= bytes.Length) return;
        throw new InvalidDataException(
            string.Create(CultureInfo.InvariantCulture, $"it is cut off: it should have {end} bytes, but has {bytes.Length}."));
    }
}

/// <summary>An attribute of an object.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">What its elements are.</param>
/// <param name="Count">How many there are.</param>
/// <param name="Data">Their bytes.</param>
internal sealed record H5Attribute(string Name, H5Type Type, int Count, byte[] Data)
{
    /// <summary>Reads one, of version 1 to 3.</summary>
    public static H5Attribute Read(byte[] body)
    {
        H5Span span = new(body);
        int version = span.Byte();
        if (version is < 1 or > 3) throw new InvalidDataException($"an attribute of version {version}, which is not read.");
        int flags = span.Byte();
        if (version > 1 && flags != 0) throw new InvalidDataException("attributes that share parts, which are not read.");
        int nameSize = span.Short(), typeSize = span.Short(), spaceSize = span.Short();
        span.Skip(version == 3 ? 1 : 0);
        string name = Encoding.UTF8.GetString(span.Take(Padded(nameSize))[..nameSize]).TrimEnd('\0');
        H5Span type = new(span.Take(Padded(typeSize))), space = new(span.Take(Padded(spaceSize)));
        H5Type elements = H5Type.Read(ref type);
        long count = H5Space.Count(H5Space.Read(ref space));
        if (count > span.Left / elements.Size) throw new InvalidDataException($"it is damaged: the attribute '{name}' is cut off.");
        return new(name, elements, (int)count, span.Take(count * elements.Size).ToArray());

        int Padded(int size) => version == 1 ? (size + 7) / 8 * 8 : size;
    }
}
