using System.Globalization;
using CompiledNets.Files;

namespace CompiledNets.Keras.Hdf5;

/// <summary>A group or a data set of a file. It is read when it is asked for.</summary>
internal sealed class H5Node(H5File file, long address, string path)
{
    private List<H5Message>? messages;
    private Dictionary<string, H5Node>? children;
    private Dictionary<string, H5Attribute>? attributes;

    /// <summary>Where it lies: <c>/layers/dense/vars/0</c>.</summary>
    public string Path => path.Length == 0 ? "/" : path;

    /// <summary>Whether it is a data set.</summary>
    public bool IsData => Messages.Exists(message => message.Kind == H5Object.Layout);

    /// <summary>What lies in the group.</summary>
    public IReadOnlyDictionary<string, H5Node> Children => children ??= ReadChildren();

    private List<H5Message> Messages => messages ??= Named(() => address == H5Bytes.Undefined
        ? throw new InvalidDataException("a link to elsewhere, which is not followed.")
        : file.Messages(address));

    private Dictionary<string, H5Attribute> Attributes => attributes ??= Named(() => file.Attributes(Messages));

    /// <summary>What lies at a path below; null where there is nothing.</summary>
    public H5Node? Find(string below)
    {
        H5Node? node = this;
        foreach (string part in below.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!node.Children.TryGetValue(part, out node)) return null;
        }

        return node;
    }

    /// <summary>Whether it has an attribute.</summary>
    public bool Has(string attribute) => Attributes.ContainsKey(attribute);

    /// <summary>A text; null where there is none.</summary>
    public string? Text(string attribute) => Attributes.TryGetValue(attribute, out H5Attribute? found)
        ? Named(() => file.Texts(found)) is [string text] ? text
        : throw new InvalidDataException($"'{Path}': one text is expected as '{attribute}'.")
        : null;

    /// <summary>A list of texts, which Keras cuts into pieces where it is long; null where there is none.</summary>
    public string[]? Texts(string attribute)
    {
        if (Attributes.TryGetValue(attribute, out H5Attribute? found)) return Named(() => file.Texts(found));
        List<string> all = [];
        int pieces = 0;
        while (Attributes.TryGetValue(string.Create(CultureInfo.InvariantCulture, $"{attribute}{pieces}"), out H5Attribute? piece))
        {
            all.AddRange(Named(() => file.Texts(piece)));
            pieces++;
        }

        return pieces == 0 ? null : [.. all];
    }

    /// <summary>The axes of a data set; none for a single number.</summary>
    /// <exception cref="InvalidDataException">It has none, or more than a program can hold.</exception>
    public int[] Shape() => Named<int[]>(() =>
    {
        H5Span span = new(Body(H5Object.Space));
        long[] axes = H5Space.Read(ref span);
        return H5Space.Count(axes) <= Array.MaxLength ? [.. axes.Select(axis => (int)axis)]
            : throw new InvalidDataException("more numbers than an array holds.");
    });

    /// <summary>Fills in the numbers of a data set, the last axis fastest.</summary>
    /// <param name="singles">As many as the shape has.</param>
    public void CopyTo(Span<float> singles)
    {
        (StoredNumbers numbers, H5Data data) = Data();
        if (numbers.AreSingles)
        {
            // Numbers beyond two gigabytes do not occur in one weight.
            Span<byte> target = System.Runtime.InteropServices.MemoryMarshal.AsBytes(singles);
            Copy(data, target);
            return;
        }

        byte[] bytes = new byte[checked(singles.Length * numbers.Size)];
        Copy(data, bytes);
        numbers.ToSingles(bytes, singles);
    }

    /// <summary>A single number, such as a counter.</summary>
    public double Number()
    {
        if (Shape().Aggregate(1L, (count, axis) => count * axis) != 1) throw new InvalidDataException($"'{Path}': one number is expected.");
        (StoredNumbers numbers, H5Data data) = Data();
        byte[] bytes = new byte[numbers.Size];
        Copy(data, bytes);
        return numbers.ToDouble(bytes);
    }

    private (StoredNumbers Numbers, H5Data Data) Data() => Named(() =>
    {
        H5Span span = new(Body(H5Object.Type));
        H5Type type = H5Type.Read(ref span);
        StoredNumbers numbers = type.Numbers ?? throw new InvalidDataException($"{type.Name}, where numbers are expected.");
        return (numbers, file.Data(Messages, numbers, Shape()));
    });

    private void Copy(H5Data data, Span<byte> bytes)
    {
        try
        {
            data.CopyTo(bytes);
        }
        catch (Exception exception) when (exception is InvalidDataException or IndexOutOfRangeException or OverflowException
            or ArgumentException)
        {
            throw new InvalidDataException($"'{Path}': {exception.Message}", exception);
        }
    }

    private byte[] Body(int kind) =>
        Messages.FirstOrDefault(message => message.Kind == kind).Body ?? throw new InvalidDataException("it is damaged: no data set.");

    private Dictionary<string, H5Node> ReadChildren() => Named(() =>
    {
        Dictionary<string, H5Node> found = new(StringComparer.Ordinal);
        foreach (H5Link link in file.Links(Messages))
            if (!found.TryAdd(link.Name, new(file, link.Address, $"{path}/{link.Name}")))
                throw new InvalidDataException($"it is damaged: '{link.Name}' is there twice.");
        return found;
    });

    private T Named<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (InvalidDataException exception) when (exception.Message[0] != '\'')
        {
            throw new InvalidDataException($"'{Path}': {exception.Message}", exception);
        }
        catch (Exception exception) when (exception is OverflowException or ArgumentException or EndOfStreamException)
        {
            throw new InvalidDataException($"'{Path}': it is damaged: {exception.Message}", exception);
        }
    }
}
