using System.Numerics;

namespace CompiledNets.Keras.Hdf5;

/// <summary>What many links or attributes are kept in: a fractal heap with the items, and a B-tree of version 2 with their names.</summary>
internal sealed class H5Dense
{
    private const int DeepestTree = 8;
    private const int NodeOverhead = 10;
    private const int LinkNames = 5, AttributeNames = 8;

    private readonly H5Bytes file;
    private readonly long root;
    private readonly int offsetSize;
    private readonly int lengthSize;
    private readonly int width;
    private readonly long firstSize;
    private readonly long largestDirect;
    private readonly int rows;

    private H5Dense(H5Bytes file, long address)
    {
        this.file = file;
        H5Span head = file.Part(address, 142);
        head.Expect("FRHP"u8);
        H5Object.Version(head.Byte(), 0);
        head.Skip(2);
        if (head.Short() != 0) throw new InvalidDataException("a heap with filters, which is not read.");
        head.Skip(1);
        long largestItem = head.Int();
        head.Skip(96);
        width = head.Short();
        firstSize = head.Long();
        largestDirect = head.Long();
        int bits = head.Short();
        head.Skip(2);
        root = head.Long();
        rows = head.Short();
        bool isSound = width is > 0 and <= 1024 && firstSize > 0 && largestDirect >= firstSize && BitOperations.IsPow2(firstSize)
            && BitOperations.IsPow2(largestDirect) && bits is > 0 and <= 64 && rows <= 64;
        if (!isSound) throw new InvalidDataException("it is damaged: a heap of impossible sizes.");
        offsetSize = (bits + 7) / 8;
        lengthSize = Bytes(Math.Min(largestDirect, largestItem));
    }

    /// <summary>The items, in the order of the tree.</summary>
    public static IEnumerable<byte[]> Items(H5Bytes file, long heapAddress, long treeAddress)
    {
        H5Dense heap = new(file, heapAddress);
        List<byte[]> ids = [];
        ReadTree(file, treeAddress, ids);
        return [.. ids.Select(heap.Item)];
    }

    private byte[] Item(byte[] id)
    {
        H5Span span = new(id);
        int kind = (span.Byte() >> 4) & 3;
        if (kind != 0)
            throw new InvalidDataException(kind == 1 ? "an item too large for its heap, which is not read."
                : "a tiny item of a heap, which is not read.");
        long offset = span.Number(offsetSize), length = span.Number(lengthSize);
        return file.Read(Find(root, rows, 0, offset), length);
    }

    // Where the byte at an offset of the heap lies.
    private long Find(long block, int blockRows, long blockOffset, long offset)
    {
        for (int depth = 0; depth < DeepestTree; depth++)
        {
            if (blockRows == 0) return checked(block + offset - blockOffset);
            long start = blockOffset;
            int directRows = Log2(largestDirect) - Log2(firstSize) + 2;
            int row = 0;
            long size = firstSize;
            while (row < blockRows && offset - start >= size * width)
            {
                start += size * width;
                if (row++ > 0) size *= 2;
                if (size < 0 || size > long.MaxValue / width / 4)
                    throw new InvalidDataException("it is damaged: an item outside its heap.");
            }

            if (row >= blockRows || offset < start) throw new InvalidDataException("it is damaged: an item outside its heap.");
            int column = (int)((offset - start) / size);
            H5Span head = file.Part(block, 4);
            head.Expect("FHIB"u8);
            long entry = block + 13 + offsetSize + (8L * ((row * width) + column));
            block = file.Part(entry, 8).Long();
            blockOffset = start + (column * size);
            blockRows = row < directRows ? 0 : Log2(size) - Log2(firstSize * width) + 1;
        }

        throw new InvalidDataException("it is damaged: a heap goes down without end.");
    }

    private static void ReadTree(H5Bytes file, long address, List<byte[]> ids)
    {
        H5Span head = file.Part(address, 38);
        head.Expect("BTHD"u8);
        H5Object.Version(head.Byte(), 0);
        int kind = head.Byte();
        if (kind is not (LinkNames or AttributeNames)) throw new InvalidDataException("it is damaged: names in a tree of another kind.");
        long nodeSize = head.Int();
        int recordSize = head.Short(), depth = head.Short();
        head.Skip(2);
        long root = head.Long();
        int count = head.Short();
        if (root == H5Bytes.Undefined) return;
        if (depth > DeepestTree || recordSize < 11 || nodeSize < NodeOverhead + recordSize)
            throw new InvalidDataException("it is damaged: a tree of impossible sizes.");

        // How many bytes the counts of records take that a node has about its children (H5B2hdr.c).
        long most = (nodeSize - NodeOverhead) / recordSize, all = most;
        int countSize = Bytes(most);
        int[] totalSizes = new int[depth + 1];
        for (int level = 1; level <= depth; level++)
        {
            int pointer = 8 + countSize + totalSizes[level - 1];
            most = (nodeSize - NodeOverhead - pointer) / (recordSize + pointer);
            all = ((most + 1) * all) + most;
            totalSizes[level] = Bytes(all);
        }

        ReadNode(root, depth, count);

        void ReadNode(long at, int level, int records)
        {
            bool isLeaf = level == 0;
            int pointer = isLeaf ? 0 : 8 + countSize + totalSizes[level - 1];
            long size = 6 + ((long)records * recordSize) + (isLeaf ? 0 : (records + 1L) * pointer);
            if (size > nodeSize) throw new InvalidDataException("it is damaged: a node with too many records.");
            H5Span node = file.Part(at, size);
            node.Expect(isLeaf ? "BTLF"u8 : "BTIN"u8);
            node.Skip(2);
            for (int i = 0; i < records; i++)
            {
                H5Span record = new(node.Take(recordSize));
                record.Skip(kind == LinkNames ? 4 : 0);
                ids.Add(record.Take(kind == LinkNames ? recordSize - 4 : 8).ToArray());
            }

            for (int i = 0; i <= records && !isLeaf; i++)
            {
                long child = node.Long();
                int own = (int)node.Number(countSize);
                node.Skip(totalSizes[level - 1]);
                ReadNode(child, level - 1, own);
            }
        }
    }

    private static int Log2(long value) => BitOperations.Log2((ulong)value);

    private static int Bytes(long largest) => (Log2(largest) / 8) + 1;
}
