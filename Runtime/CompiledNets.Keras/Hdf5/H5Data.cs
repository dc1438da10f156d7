using System.Globalization;
using System.IO.Compression;
using CompiledNets.Files;

namespace CompiledNets.Keras.Hdf5;

/// <summary>The numbers of a data set: compact, contiguous or in chunks, which may be compressed, shuffled and summed.</summary>
internal sealed class H5Data
{
    private const int Deflate = 1, Shuffle = 2, Fletcher = 3;
    private const int DeepestTree = 16;
    private const long LargestChunk = 1L << 30;

    private readonly H5Bytes file;
    private readonly byte[] layout;
    private readonly List<int> filters = [];
    private readonly StoredNumbers numbers;
    private readonly int[] shape;

    /// <summary>Takes the messages of a data set.</summary>
    public H5Data(H5Bytes file, List<H5Message> messages, StoredNumbers numbers, int[] shape)
    {
        this.file = file;
        this.numbers = numbers;
        this.shape = shape;
        layout = messages.FirstOrDefault(message => message.Kind == H5Object.Layout).Body
            ?? throw new InvalidDataException("it is damaged: data without a place.");
        if (messages.Exists(message => message.Kind == H5Object.External))
            throw new InvalidDataException("data in another file, which is not read.");
        foreach (H5Message message in messages)
            if (message.Kind == H5Object.Filters) ReadFilters(new(message.Body));
    }

    /// <summary>Copies the bytes of all numbers, the last axis fastest.</summary>
    public void CopyTo(Span<byte> bytes)
    {
        // What was never written is zero.
        bytes.Clear();
        H5Span span = new(layout);
        int version = span.Byte();
        if (version is 1 or 2)
        {
            int rank = span.Byte(), kind = span.Byte();
            span.Skip(5);
            long address = kind == 0 ? H5Bytes.Undefined : span.Long();
            int[] sizes = Sizes(ref span, rank, 4);
            if (kind == 0) Inline(span.Take(span.Int()), bytes);
            else if (kind == 1) Contiguous(address, bytes.Length, bytes);
            else Chunks(address, sizes, bytes);
            return;
        }

        if (version is not (3 or 4)) throw new InvalidDataException($"data laid out in version {version}, which is not read.");
        switch (span.Byte())
        {
            case 0:
                Inline(span.Take(span.Short()), bytes);
                break;
            case 1:
                long address = span.Long();
                Contiguous(address, span.Long(), bytes);
                break;
            case 2 when version == 3:
                int rank = span.Byte();
                address = span.Long();
                Chunks(address, Sizes(ref span, rank, 4), bytes);
                break;
            case 2:
                NewChunks(ref span, bytes);
                break;
            default:
                throw new InvalidDataException("data that is a view of other data, which is not read.");
        }
    }

    private static void Inline(ReadOnlySpan<byte> from, Span<byte> bytes)
    {
        if (from.Length < bytes.Length) throw new InvalidDataException("it is damaged: fewer numbers than the shape has.");
        from[..bytes.Length].CopyTo(bytes);
    }

    private void Contiguous(long address, long length, Span<byte> bytes)
    {
        if (address == H5Bytes.Undefined) return;
        if (length < bytes.Length) throw new InvalidDataException("it is damaged: fewer numbers than the shape has.");
        file.Copy(address, bytes);
    }

    private void Chunks(long tree, int[] sizes, Span<byte> bytes)
    {
        CheckChunk(sizes);
        if (tree != H5Bytes.Undefined) Tree(tree, sizes, bytes, 0);
    }

    private void Tree(long address, int[] sizes, Span<byte> bytes, int depth)
    {
        if (depth > DeepestTree) throw new InvalidDataException("it is damaged: chunks go down without end.");
        H5Span head = file.Part(address, 24);
        head.Expect("TREE"u8);
        if (head.Byte() != 1) throw new InvalidDataException("it is damaged: chunks in a tree of another kind.");
        int level = head.Byte(), count = head.Short();
        H5Span entries = file.Part(address + 24, count * (16L + (8 * sizes.Length)));
        long[] place = new long[shape.Length];
        for (int i = 0; i < count; i++)
        {
            long length = entries.Int(), mask = entries.Int();
            for (int axis = 0; axis < place.Length; axis++) place[axis] = entries.Long();
            entries.Skip(8);
            long child = entries.Long();
            if (level > 0) Tree(child, sizes, bytes, depth + 1);
            else Chunk(child, length, mask, place, sizes, bytes);
        }
    }

    // Layout version 4: one chunk, chunks side by side, or an array of fixed size of their places.
    private void NewChunks(ref H5Span span, Span<byte> bytes)
    {
        int flags = span.Byte(), rank = span.Byte(), size = span.Byte();
        int[] sizes = Sizes(ref span, rank, size);
        CheckChunk(sizes);
        long[] counts = [.. shape.Select((axis, i) => (axis + (long)sizes[i] - 1) / sizes[i])];
        long all = counts.Aggregate(1L, (product, count) => product * count);
        long length = ChunkLength(sizes);
        int kind = span.Byte();
        switch (kind)
        {
            case 1:
                long mask = 0, stored = length;
                if ((flags & 2) != 0)
                {
                    stored = span.Long();
                    mask = span.Int();
                }

                long address = span.Long();
                if (address != H5Bytes.Undefined) Chunk(address, stored, mask, new long[shape.Length], sizes, bytes);
                break;
            case 2:
                address = span.Long();
                for (long i = 0; i < all && address != H5Bytes.Undefined; i++)
                    Chunk(address + (i * length), length, 0, Place(i, counts, sizes), sizes, bytes);
                break;
            case 3:
                span.Skip(1);
                address = span.Long();
                if (address != H5Bytes.Undefined) FixedArray(address, all, length, counts, sizes, bytes);
                break;
            default:
                throw new InvalidDataException("chunks that may grow, laid out in version 4, which are not read.");
        }
    }

    private void FixedArray(long address, long all, long length, long[] counts, int[] sizes, Span<byte> bytes)
    {
        H5Span head = file.Part(address, 28);
        head.Expect("FAHD"u8);
        H5Object.Version(head.Byte(), 0);
        bool isFiltered = head.Byte() == 1;
        int entrySize = head.Byte(), pageBits = head.Byte();
        long entries = head.Long(), block = head.Long();
        if (block == H5Bytes.Undefined) return;
        if (pageBits > 30 || entries > 1L << pageBits) throw new InvalidDataException("places of chunks in pages, which are not read.");
        if (entries < all || entrySize < 8) throw new InvalidDataException("it is damaged: fewer chunks than the shape has.");
        H5Span places = file.Part(block, 14 + (all * entrySize));
        places.Expect("FADB"u8);
        places.Skip(10);
        for (long i = 0; i < all; i++)
        {
            H5Span entry = new(places.Take(entrySize));
            long at = entry.Long();
            long stored = isFiltered ? entry.Number(entrySize - 12) : length, mask = isFiltered ? entry.Int() : 0;
            if (at != H5Bytes.Undefined) Chunk(at, stored, mask, Place(i, counts, sizes), sizes, bytes);
        }
    }

    private static long[] Place(long number, long[] counts, int[] sizes)
    {
        long[] place = new long[counts.Length];
        for (int axis = counts.Length - 1; axis >= 0; axis--)
        {
            place[axis] = number % counts[axis] * sizes[axis];
            number /= counts[axis];
        }

        return place;
    }

    private static int[] Sizes(ref H5Span span, int rank, int size)
    {
        if (rank > 33 || size is < 1 or > 8) throw new InvalidDataException("it is damaged: data with too many axes.");
        int[] sizes = new int[rank];
        for (int i = 0; i < rank; i++)
        {
            long axis = span.Number(size);
            sizes[i] = axis is > 0 and <= int.MaxValue ? (int)axis : throw new InvalidDataException("it is damaged: chunks of no size.");
        }

        return sizes;
    }

    // The last size is that of an element.
    private void CheckChunk(int[] sizes)
    {
        if (sizes.Length != shape.Length + 1 || sizes[^1] != numbers.Size || ChunkLength(sizes) > LargestChunk)
            throw new InvalidDataException("it is damaged: chunks that do not fit the data.");
    }

    private static long ChunkLength(int[] sizes)
    {
        Int128 length = sizes.Aggregate((Int128)1, (product, size) => Int128.Min(product, long.MaxValue) * size);
        return (long)Int128.Min(length, long.MaxValue);
    }

    private void Chunk(long address, long stored, long mask, long[] place, int[] sizes, Span<byte> bytes)
    {
        int length = (int)ChunkLength(sizes);

        // Room is made for what can be of the bytes that are there: deflate makes a thousandth at best.
        if (filters.Contains(Deflate) && length / 1100 > stored)
            throw new InvalidDataException("it is damaged: a chunk far larger than its bytes.");
        byte[] chunk = Decode(file.Read(address, stored), mask, length);
        for (int axis = 0; axis < place.Length; axis++)
            if (place[axis] < 0 || place[axis] >= shape[axis]) return;
        CopyChunk(chunk, place, sizes, bytes);
    }

    private void CopyChunk(byte[] chunk, long[] place, int[] sizes, Span<byte> bytes)
    {
        int rank = shape.Length, element = numbers.Size;
        if (rank == 0)
        {
            chunk.AsSpan(0, element).CopyTo(bytes);
            return;
        }

        int[] row = new int[rank];
        int run = (int)Math.Min(sizes[rank - 1], shape[rank - 1] - place[rank - 1]) * element;
        while (true)
        {
            long from = 0, to = 0;
            bool isInside = true;
            for (int axis = 0; axis < rank; axis++)
            {
                from = (from * sizes[axis]) + row[axis];
                to = (to * shape[axis]) + place[axis] + row[axis];
                isInside &= place[axis] + row[axis] < shape[axis];
            }

            if (isInside) chunk.AsSpan((int)(from * element), run).CopyTo(bytes[(int)(to * element)..]);
            int next = rank - 2;
            while (next >= 0 && ++row[next] >= sizes[next]) row[next--] = 0;
            if (next < 0) return;
        }
    }

    private byte[] Decode(byte[] bytes, long mask, int length)
    {
        for (int i = filters.Count - 1; i >= 0; i--)
        {
            if ((mask & (1L << i)) != 0) continue;
            bytes = filters[i] switch
            {
                Deflate => Inflate(bytes, length + 4),
                Shuffle => Unshuffle(bytes, numbers.Size),
                _ => bytes.Length >= 4 ? bytes[..^4] : bytes,
            };
        }

        return bytes.Length >= length ? bytes : throw new InvalidDataException("it is damaged: a chunk with fewer numbers than it has.");
    }

    private static byte[] Inflate(byte[] bytes, int most)
    {
        byte[] room = new byte[most];
        using ZLibStream stream = new(new MemoryStream(bytes), CompressionMode.Decompress);
        return room[..stream.ReadAtLeast(room, most, throwOnEndOfStream: false)];
    }

    private static byte[] Unshuffle(byte[] bytes, int size)
    {
        int count = bytes.Length / size;
        byte[] turned = [.. bytes];
        for (int i = 0; i < count; i++)
            for (int k = 0; k < size; k++) turned[(i * size) + k] = bytes[(k * count) + i];
        return turned;
    }

    private void ReadFilters(H5Span body)
    {
        int version = body.Byte(), count = body.Byte();
        body.Skip(version == 1 ? 6 : 0);
        for (int i = 0; i < count; i++)
        {
            int id = body.Short();
            int nameLength = version == 1 || id >= 256 ? body.Short() : 0;
            body.Skip(2);
            int values = body.Short();
            body.Skip(version == 1 ? (nameLength + 7) / 8 * 8 : nameLength);
            body.Skip(4L * (version == 1 && values % 2 == 1 ? values + 1 : values));
            if (id is not (Deflate or Shuffle or Fletcher))
                throw new InvalidDataException(
                    string.Create(CultureInfo.InvariantCulture, $"data with the filter {id}, which is not read."));
            filters.Add(id);
        }
    }
}
