using System.Text;

namespace CompiledNets.Keras.Hdf5;

/// <summary>A link of a group.</summary>
/// <param name="Name">The name.</param>
/// <param name="Address">The object; <see cref="H5Bytes.Undefined"/> for a link to elsewhere, which is not followed.</param>
internal readonly record struct H5Link(string Name, long Address);

/// <summary>The links of groups: symbol tables (a B-tree with a heap of names), link messages, and dense groups (a fractal heap).</summary>
internal static class H5Groups
{
    private const int DeepestTree = 16;
    private const int EntrySize = 40;

    /// <summary>The links of an object with these messages; none where it is no group.</summary>
    public static List<H5Link> Links(H5Bytes file, List<H5Message> messages)
    {
        List<H5Link> links = [];
        foreach (H5Message message in messages)
        {
            H5Span body = new(message.Body);
            switch (message.Kind)
            {
                case H5Object.SymbolTable:
                    long tree = body.Long(), heap = body.Long();
                    H5Span head = file.Part(heap, 32);
                    head.Expect("HEAP"u8);
                    head.Skip(4);
                    long size = head.Long();
                    head.Skip(8);
                    AddTable(file, tree, file.Read(head.Long(), size), links, 0);
                    break;
                case H5Object.Link:
                    links.Add(ReadLink(ref body));
                    break;
                case H5Object.LinkInfo:
                    body.Skip(1);
                    body.Skip((body.Byte() & 1) != 0 ? 8 : 0);
                    long fractal = body.Long(), names = body.Long();
                    if (fractal == H5Bytes.Undefined) break;
                    foreach (byte[] item in H5Dense.Items(file, fractal, names))
                    {
                        H5Span link = new(item);
                        links.Add(ReadLink(ref link));
                    }

                    break;
            }
        }

        return links;
    }

    private static void AddTable(H5Bytes file, long address, byte[] heap, List<H5Link> links, int depth)
    {
        if (depth > DeepestTree) throw new InvalidDataException("it is damaged: a group goes down without end.");
        if (file.Read(address, 4).AsSpan().SequenceEqual("SNOD"u8))
        {
            H5Span head = file.Part(address, 8);
            head.Skip(6);
            int count = head.Short();
            H5Span entries = file.Part(address + 8, (long)count * EntrySize);
            for (int i = 0; i < count; i++)
            {
                long name = entries.Long(), target = entries.Long(), kind = entries.Int();
                entries.Skip(20);
                links.Add(new(NameAt(heap, name), kind == 2 ? H5Bytes.Undefined : target));
            }

            return;
        }

        H5Span node = file.Part(address, 24);
        node.Expect("TREE"u8);
        if (node.Byte() != 0) throw new InvalidDataException("it is damaged: a group with a tree of another kind.");
        node.Skip(1);
        int children = node.Short();
        H5Span pairs = file.Part(address + 24, (long)children * 16);
        for (int i = 0; i < children; i++)
        {
            pairs.Skip(8);
            AddTable(file, pairs.Long(), heap, links, depth + 1);
        }
    }

    private static string NameAt(byte[] heap, long offset)
    {
        if (offset < 0 || offset >= heap.Length) throw new InvalidDataException("it is damaged: a name that is not there.");
        ReadOnlySpan<byte> rest = heap.AsSpan((int)offset);
        int end = rest.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? rest : rest[..end]);
    }

    private static H5Link ReadLink(ref H5Span body)
    {
        H5Object.Version(body.Byte(), 1);
        int flags = body.Byte();
        int kind = (flags & 8) != 0 ? body.Byte() : 0;
        body.Skip((flags & 4) != 0 ? 8 : 0);
        body.Skip((flags & 0x10) != 0 ? 1 : 0);
        string name = Encoding.UTF8.GetString(body.Take(body.Number(1 << (flags & 3))));
        return new(name, kind == 0 ? body.Long() : H5Bytes.Undefined);
    }
}
