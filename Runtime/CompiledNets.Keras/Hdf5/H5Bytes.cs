using System.Buffers.Binary;
using System.Globalization;

namespace CompiledNets.Keras.Hdf5;

/// <summary>
/// The bytes of an HDF5 file. All that is read but numbers counts: a file whose parts refer to each other again and again, as no writer
/// makes it, ends in an error instead of keeping the reader busy.
/// </summary>
internal sealed class H5Bytes
{
    /// <summary>An address of nothing.</summary>
    public const long Undefined = -1;

    // Small parts lie together, so that most are in the piece that was read last.
    private const int PieceSize = 1 << 16;

    // Each part of a whole file is read once or twice.
    private const int Rereads = 32;
    private const long SmallWork = 16 << 20;

    private readonly Stream stream;
    private readonly long origin;
    private readonly byte[] piece;
    private long pieceAt = -1;
    private int pieceLength;
    private long workLeft;

    /// <summary>Takes a file.</summary>
    /// <param name="stream">The file, which can seek.</param>
    /// <param name="origin">Where it begins in the stream.</param>
    public H5Bytes(Stream stream, long origin)
    {
        this.stream = stream;
        this.origin = origin;
        Length = stream.Length - origin;
        piece = new byte[Math.Min(PieceSize, Math.Max(Length, 1))];
        workLeft = SmallWork + (Rereads * Length);
    }

    /// <summary>Bytes there are.</summary>
    public long Length { get; private set; }

    /// <summary>Where addresses count from.</summary>
    public long Base { get; set; }

    /// <summary>Bytes of a part, copied.</summary>
    /// <exception cref="InvalidDataException">The file has not so many.</exception>
    public byte[] Read(long address, long length)
    {
        Check(address, length);
        Work(length);
        byte[] bytes = new byte[length];
        Copy(address, bytes);
        return bytes;
    }

    /// <summary>A part of a known length.</summary>
    public H5Span Part(long address, long length) => new(Read(address, length));

    /// <summary>Copies bytes of numbers.</summary>
    public void Copy(long address, Span<byte> to)
    {
        Check(address, to.Length);
        long at = Base + address;
        if (to.Length > piece.Length / 4)
        {
            stream.Position = origin + at;
            stream.ReadExactly(to);
            return;
        }

        if (pieceAt < 0 || at < pieceAt || at + to.Length > pieceAt + pieceLength)
        {
            stream.Position = origin + at;
            pieceLength = stream.ReadAtLeast(piece.AsSpan(0, (int)Math.Min(piece.Length, Length - at)), to.Length);
            pieceAt = at;
        }

        piece.AsSpan((int)(at - pieceAt), to.Length).CopyTo(to);
    }

    /// <summary>Refuses a part that does not lie in the file.</summary>
    public void Check(long address, long length)
    {
        if (address >= 0 && length >= 0 && Base + address <= Length && length <= Length - Base - address) return;
        throw new InvalidDataException(string.Create(
            CultureInfo.InvariantCulture, $"it is cut off or damaged: {length} bytes at {address} are named, but it has {Length - Base}."));
    }

    /// <summary>Takes note of work.</summary>
    public void Work(long amount)
    {
        // A part costs more than its bytes.
        workLeft -= amount + 16;
        if (workLeft < 0) throw new InvalidDataException("it is damaged: its parts refer to each other without end.");
    }
}

/// <summary>Reads the fields of a part one after the other, least significant byte first.</summary>
internal ref struct H5Span(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> rest = bytes;

    /// <summary>Bytes that are left.</summary>
    public readonly int Left => rest.Length;

    /// <summary>The next bytes.</summary>
    public ReadOnlySpan<byte> Take(long count)
    {
        if (count < 0 || count > rest.Length) throw new InvalidDataException("it is damaged: a part of it ends too early.");
        ReadOnlySpan<byte> taken = rest[..(int)count];
        rest = rest[(int)count..];
        return taken;
    }

    /// <summary>Passes bytes over.</summary>
    public void Skip(long count) => Take(count);

    /// <summary>A number of one byte.</summary>
    public int Byte() => Take(1)[0];

    /// <summary>A number of two bytes.</summary>
    public int Short() => BinaryPrimitives.ReadUInt16LittleEndian(Take(2));

    /// <summary>A number of four bytes.</summary>
    public long Int() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4));

    /// <summary>A length or an address of eight bytes; <see cref="H5Bytes.Undefined"/> where all bits are set.</summary>
    public long Long() => BinaryPrimitives.ReadInt64LittleEndian(Take(8));

    /// <summary>A number of some bytes, up to eight.</summary>
    public long Number(int size)
    {
        ulong value = 0;
        ReadOnlySpan<byte> taken = Take(size);
        for (int i = Math.Min(size, 8) - 1; i >= 0; i--) value = (value << 8) | taken[i];
        return (long)value;
    }

    /// <summary>Checks the letters that a part begins with.</summary>
    public void Expect(ReadOnlySpan<byte> letters)
    {
        if (!Take(letters.Length).SequenceEqual(letters))
            throw new InvalidDataException(
                $"it is damaged: a part that should begin with '{System.Text.Encoding.ASCII.GetString(letters)}' does not.");
    }
}
