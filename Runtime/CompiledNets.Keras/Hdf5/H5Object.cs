namespace CompiledNets.Keras.Hdf5;

/// <summary>A message of an object: a fact about it.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Body">Its bytes.</param>
internal readonly record struct H5Message(int Kind, byte[] Body);

/// <summary>The messages of an object, which tell all about it: headers of version 1 and 2, with their continuations.</summary>
internal static class H5Object
{
    public const int Space = 0x1, LinkInfo = 0x2, Type = 0x3, OldFill = 0x4, Fill = 0x5, Link = 0x6, External = 0x7, Layout = 0x8,
        Filters = 0xB,
        Attribute = 0xC, Continuation = 0x10, SymbolTable = 0x11, AttributeInfo = 0x15;

    private const int SharedFlag = 2;
    private const int MostBlocks = 4096;

    /// <summary>Reads the messages of the object at an address.</summary>
    public static List<H5Message> Read(H5Bytes file, long address)
    {
        List<H5Message> messages = [];
        bool isSecond = file.Read(address, 4).AsSpan().SequenceEqual("OHDR"u8);
        Queue<(long Address, long Length)> blocks = new();
        bool hasOrder = false;
        if (isSecond)
        {
            H5Span head = file.Part(address, 6);
            head.Skip(4);
            Version(head.Byte(), 2);
            int flags = head.Byte();
            hasOrder = (flags & 4) != 0;
            int size = 1 << (flags & 3);
            long at = address + 6 + ((flags & 0x20) != 0 ? 16 : 0) + ((flags & 0x10) != 0 ? 4 : 0);
            blocks.Enqueue((at + size, file.Part(at, size).Number(size)));
        }
        else
        {
            H5Span head = file.Part(address, 12);
            Version(head.Byte(), 1);
            head.Skip(7);
            blocks.Enqueue((address + 16, head.Int()));
        }

        for (int count = 0; blocks.TryDequeue(out (long Address, long Length) block); count++)
        {
            if (count > MostBlocks) throw new InvalidDataException("it is damaged: an object goes on without end.");
            bool isFirst = count == 0;
            // Later blocks of version 2 have letters before and a check sum after.
            (long from, long length) = isSecond && !isFirst ? (block.Address + 4, block.Length - 8) : block;
            if (isSecond && !isFirst) file.Part(block.Address, 4).Expect("OCHK"u8);
            H5Span span = file.Part(from, length);
            int headSize = isSecond ? hasOrder ? 6 : 4 : 8;
            while (span.Left >= headSize)
            {
                int kind = isSecond ? span.Byte() : span.Short();
                int size = span.Short(), flags = span.Byte();
                span.Skip(isSecond ? hasOrder ? 2 : 0 : 3);
                byte[] body = span.Take(size).ToArray();
                if (kind == Continuation)
                {
                    H5Span next = new(body);
                    blocks.Enqueue((next.Long(), next.Long()));
                    continue;
                }

                if ((flags & SharedFlag) != 0 && kind is Space or Type or Layout or Filters or Attribute)
                    throw new InvalidDataException("parts that objects share, which are not read.");
                messages.Add(new(kind, body));
            }
        }

        return messages;
    }

    /// <summary>Checks a version.</summary>
    public static void Version(int version, int expected)
    {
        if (version != expected)
            throw new InvalidDataException($"it is damaged, or of a version that is not read: {version} where {expected} is expected.");
    }
}
