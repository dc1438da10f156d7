using System.Runtime.InteropServices;

namespace CompiledNets.Files;

/// <summary>What kind of numbers a file holds.</summary>
internal enum NumberKind
{
    /// <summary>Floating point after IEEE 754.</summary>
    Float,

    /// <summary>The upper half of a single: bfloat16.</summary>
    BFloat,

    /// <summary>Whole numbers with a sign.</summary>
    Signed,

    /// <summary>Whole numbers without one.</summary>
    Unsigned,

    /// <summary>0 for false, anything else for true.</summary>
    Bool,
}

/// <summary>How numbers lie in a file, and what they are as singles.</summary>
/// <param name="Kind">Their kind.</param>
/// <param name="Size">Bytes of one: 1, 2, 4 or 8 as the kind has them.</param>
/// <param name="IsBigEndian">Whether the most significant byte comes first.</param>
internal readonly record struct StoredNumbers(NumberKind Kind, int Size, bool IsBigEndian = false)
{
    /// <summary>Singles, least significant byte first: what this program works with.</summary>
    public static StoredNumbers Singles { get; } = new(NumberKind.Float, 4);

    /// <summary>Whether there are numbers of this kind and size.</summary>
    public bool IsKnown => Kind switch
    {
        NumberKind.Float => Size is 2 or 4 or 8,
        NumberKind.BFloat => Size == 2,
        NumberKind.Bool => Size == 1,
        _ => Size is 1 or 2 or 4 or 8,
    };

    /// <summary>Whether the bytes are those of singles in memory, so that no number needs to be converted.</summary>
    public bool AreSingles => Kind == NumberKind.Float && Size == 4 && IsBigEndian != BitConverter.IsLittleEndian;

    /// <summary>Converts numbers to the nearest singles; what is too large becomes infinite.</summary>
    /// <param name="bytes">The numbers, one after the other.</param>
    /// <param name="singles">Where they go: as many as there are.</param>
    public void ToSingles(ReadOnlySpan<byte> bytes, Span<float> singles)
    {
        if (AreSingles)
        {
            MemoryMarshal.Cast<byte, float>(bytes)[..singles.Length].CopyTo(singles);
            return;
        }

        for (int i = 0; i < singles.Length; i++)
        {
            ReadOnlySpan<byte> one = bytes.Slice(i * Size, Size);
            singles[i] = (Kind, Size) switch
            {
                (NumberKind.Float, 2) => (float)BitConverter.UInt16BitsToHalf(Read<ushort>(one)),
                (NumberKind.Float, 4) => BitConverter.UInt32BitsToSingle(Read<uint>(one)),
                (NumberKind.Float, _) => (float)BitConverter.UInt64BitsToDouble(Read<ulong>(one)),
                (NumberKind.BFloat, _) => BitConverter.UInt32BitsToSingle((uint)Read<ushort>(one) << 16),
                (NumberKind.Bool, _) => one[0] == 0 ? 0 : 1,
                _ => Whole(one),
            };
        }
    }

    /// <summary>One number in double precision, for those that single precision would round: counters, rates.</summary>
    public double ToDouble(ReadOnlySpan<byte> bytes)
    {
        if (Kind == NumberKind.Float && Size == 8) return BitConverter.UInt64BitsToDouble(Read<ulong>(bytes));
        if (Kind == NumberKind.Signed && Size == 8) return Read<long>(bytes);
        if (Kind == NumberKind.Unsigned && Size == 8) return Read<ulong>(bytes);
        if (Kind is NumberKind.Signed && Size == 4) return Read<int>(bytes);
        if (Kind is NumberKind.Unsigned && Size == 4) return Read<uint>(bytes);
        Span<float> one = stackalloc float[1];
        ToSingles(bytes, one);
        return one[0];
    }

    private float Whole(ReadOnlySpan<byte> one) => (Kind, Size) switch
    {
        (NumberKind.Signed, 1) => (sbyte)one[0],
        (NumberKind.Signed, 2) => Read<short>(one),
        (NumberKind.Signed, 4) => Read<int>(one),
        (NumberKind.Signed, _) => Read<long>(one),
        (_, 1) => one[0],
        (_, 2) => Read<ushort>(one),
        (_, 4) => Read<uint>(one),
        _ => Read<ulong>(one),
    };

    private T Read<T>(ReadOnlySpan<byte> one) where T : unmanaged
    {
        T value = MemoryMarshal.Read<T>(one);
        if (IsBigEndian == BitConverter.IsLittleEndian) MemoryMarshal.AsBytes(new Span<T>(ref value)).Reverse();
        return value;
    }
}
