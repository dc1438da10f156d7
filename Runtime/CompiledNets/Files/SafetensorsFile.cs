using System.Globalization;
using System.IO.MemoryMappedFiles;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CompiledNets.Files;

/// <summary>
/// A safetensors file: tensors by name, and texts beside them. One that is opened by its path is mapped into memory: nothing is read before
/// it is asked for, and nothing is copied.
/// </summary>
/// <remarks>A mapped file must not be cut off by another program while it is open.</remarks>
public sealed unsafe class SafetensorsFile : IDisposable
{
    private readonly SafetensorsHeader header;
    private readonly string name;
    private readonly byte[]? bytes;
    private readonly MemoryMappedFile? file;
    private readonly MemoryMappedViewAccessor? view;
    private byte* mapped;

    private SafetensorsFile(string name, byte[] bytes)
    {
        this.name = name;
        this.bytes = bytes;
        header = Header(bytes.Length, bytes);
    }

    private SafetensorsFile(string name, FileStream stream)
    {
        this.name = name;
        byte[] start = new byte[Math.Min(stream.Length, SafetensorsHeader.LengthSize)];
        stream.ReadExactly(start);
        int length = Checked(() => SafetensorsHeader.TextLength(start, stream.Length));
        byte[] text = new byte[length];
        stream.ReadExactly(text);
        long fileLength = stream.Length;
        header = Checked(() => SafetensorsHeader.Read(text, fileLength));
        file = MemoryMappedFile.CreateFromFile(stream, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: false);
        view = file.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref mapped);
        mapped += view.PointerOffset;
    }

    /// <summary>Texts that stand beside the tensors; none in many files.</summary>
    public IReadOnlyDictionary<string, string> Metadata => header.Metadata;

    /// <summary>Names of the tensors.</summary>
    public IReadOnlyCollection<string> Names => [.. header.Entries.Keys];

    /// <summary>Opens a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">It is not there or cannot be read.</exception>
    /// <exception cref="InvalidDataException">It is no safetensors file, damaged, or cut off.</exception>
    public static SafetensorsFile Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        try
        {
            return new(path, stream);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Reads a file that is a resource of the program, say, into memory.</summary>
    /// <param name="stream">The file, from here to its end: at most 2 GB.</param>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="InvalidDataException">It is no safetensors file, damaged, or cut off.</exception>
    public static SafetensorsFile Read(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return new("the stream", StreamBytes.ToEnd(stream));
    }

    /// <summary>Writes tensors to a file; one that is there is replaced when the new one is complete.</summary>
    /// <param name="path">The file.</param>
    /// <param name="tensors">The tensors, in this order.</param>
    /// <param name="metadata">Texts beside them; null for none.</param>
    /// <exception cref="ArgumentException">Two tensors have one name.</exception>
    /// <exception cref="IOException">The file cannot be written; an old one is as it was.</exception>
    public static void Write(
        string path, IEnumerable<KeyValuePair<string, Tensor<float>>> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(tensors);
        NamedNumbers[] all = [.. tensors.Select(tensor => NamedNumbers.Of(tensor.Key, tensor.Value))];
        AtomicFile.Write(path, stream => Write(stream, all, metadata ?? new Dictionary<string, string>()));
    }

    /// <summary>Whether there is a tensor of a name.</summary>
    /// <param name="tensor">The name.</param>
    public bool Contains(string tensor) => header.Entries.ContainsKey(tensor);

    /// <summary>The shape of a tensor; empty for a single number.</summary>
    /// <param name="tensor">Its name.</param>
    /// <exception cref="KeyNotFoundException">There is none of this name.</exception>
    public ReadOnlySpan<int> ShapeOf(string tensor) => Entry(tensor).Shape;

    /// <summary>The type of the numbers of a tensor as it is stored: <c>F32</c>, <c>BF16</c>, <c>I64</c>.</summary>
    /// <param name="tensor">Its name.</param>
    /// <exception cref="KeyNotFoundException">There is none of this name.</exception>
    public string TypeOf(string tensor) => Entry(tensor).Type;

    /// <summary>The numbers of a tensor of type <c>F32</c> where they lie in the file; they are not copied.</summary>
    /// <param name="tensor">Its name.</param>
    /// <exception cref="KeyNotFoundException">There is none of this name.</exception>
    /// <exception cref="InvalidDataException">It is of another type, for which there is <see cref="CopyTo"/>.</exception>
    /// <exception cref="ObjectDisposedException">The file is closed.</exception>
    public ReadOnlySpan<float> Floats(string tensor)
    {
        SafetensorsEntry entry = Entry(tensor);
        if (entry.Type != "F32" || !BitConverter.IsLittleEndian)
            throw new InvalidDataException(
                $"Tensor '{tensor}' of {name} is of type {entry.Type}, not F32: copy it, which converts its numbers.");
        return MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<byte, float>(ref First(entry)), entry.Count);
    }

    /// <summary>Copies the numbers of a tensor of any type, the last axis fastest.</summary>
    /// <param name="tensor">Its name.</param>
    /// <param name="numbers">Where they go: as many as the tensor has.</param>
    /// <exception cref="KeyNotFoundException">There is none of this name.</exception>
    /// <exception cref="ArgumentException">There are more or fewer.</exception>
    /// <exception cref="InvalidDataException">Its type is none of the format's.</exception>
    /// <exception cref="ObjectDisposedException">The file is closed.</exception>
    public void CopyTo(string tensor, Span<float> numbers)
    {
        SafetensorsEntry entry = Entry(tensor);
        StoredNumbers stored = SafetensorsHeader.NumbersOf(entry.Type);
        if (numbers.Length != entry.Count)
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture,
                $"Tensor '{tensor}' has {entry.Count} numbers. Received: room for {numbers.Length}."), nameof(numbers));
        ref byte first = ref First(entry);

        // Pieces, because the bytes of a large tensor are more than a span holds.
        const int piece = 1 << 24;
        for (int at = 0; at < numbers.Length; at += piece)
        {
            Span<float> some = numbers[at..Math.Min(numbers.Length, at + piece)];
            stored.ToSingles(
                MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref first, (nint)at * stored.Size), some.Length * stored.Size), some);
        }
    }

    /// <summary>A copy of a tensor; a single number is one axis of one.</summary>
    /// <param name="tensor">Its name.</param>
    /// <exception cref="KeyNotFoundException">There is none of this name.</exception>
    /// <exception cref="InvalidDataException">Its type is none of the format's.</exception>
    /// <exception cref="ObjectDisposedException">The file is closed.</exception>
    public Tensor<float> ToTensor(string tensor)
    {
        SafetensorsEntry entry = Entry(tensor);
        float[] numbers = new float[entry.Count];
        CopyTo(tensor, numbers);
        return Tensor.Create(numbers, entry.Shape.Length == 0 ? [1] : [.. entry.Shape.Select(axis => (nint)axis)]);
    }

    /// <summary>Closes the file. Spans of its numbers must not be used any more.</summary>
    public void Dispose()
    {
        if (mapped is not null) view!.SafeMemoryMappedViewHandle.ReleasePointer();
        mapped = null;
        view?.Dispose();
        file?.Dispose();
    }

    /// <summary>Writes numbers to a stream.</summary>
    internal static void Write(Stream stream, IReadOnlyList<NamedNumbers> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        HashSet<string> names = new(StringComparer.Ordinal);
        foreach (NamedNumbers tensor in tensors)
            if (!names.Add(tensor.Name)) throw new ArgumentException($"Two tensors have the name '{tensor.Name}'.", nameof(tensors));
        stream.Write(SafetensorsHeader.Write(tensors.Select(tensor => (tensor.Name, tensor.Shape)), metadata));
        foreach (NamedNumbers tensor in tensors) tensor.WriteTo(stream);
    }

    private SafetensorsHeader Header(long length, byte[] all) => Checked(() =>
    {
        int text = SafetensorsHeader.TextLength(all.AsSpan(0, Math.Min(all.Length, SafetensorsHeader.LengthSize)), length);
        return SafetensorsHeader.Read(all.AsMemory(SafetensorsHeader.LengthSize, text), length);
    });

    private T Checked<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (InvalidDataException exception)
        {
            throw new InvalidDataException($"{name}: {exception.Message}", exception);
        }
    }

    private SafetensorsEntry Entry(string tensor) => header.Entries.TryGetValue(tensor, out SafetensorsEntry? entry)
        ? entry : throw new KeyNotFoundException($"{name} has no tensor '{tensor}'. It has: {string.Join(", ", header.Entries.Keys)}.");

    private ref byte First(SafetensorsEntry entry)
    {
        long start = header.Length + entry.Start;
        if (bytes is not null) return ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(bytes), (nint)start);
        ObjectDisposedException.ThrowIf(mapped is null, this);
        return ref *(mapped + start);
    }
}
