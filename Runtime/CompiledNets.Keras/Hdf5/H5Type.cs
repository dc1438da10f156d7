using CompiledNets.Files;

namespace CompiledNets.Keras.Hdf5;

/// <summary>What the elements of a data set or an attribute are.</summary>
/// <param name="Size">Bytes of one.</param>
/// <param name="Numbers">How numbers are stored; null for what are none.</param>
/// <param name="IsText">Whether they are texts.</param>
/// <param name="IsVariable">Whether texts lie in a heap of the file, with their lengths.</param>
/// <param name="Name">What it is, for messages.</param>
internal sealed record H5Type(int Size, StoredNumbers? Numbers, bool IsText, bool IsVariable, string Name)
{
    private const int DeepestBase = 4;

    /// <summary>Reads one.</summary>
    /// <param name="message">Its message.</param>
    /// <param name="depth">How many types it is the base of.</param>
    public static H5Type Read(ref H5Span message, int depth = 0)
    {
        int kind = message.Byte() & 0xF;
        int bits = message.Byte();
        message.Skip(2);
        long size = message.Int();
        if (size is 0 or > int.MaxValue || depth > DeepestBase) throw new InvalidDataException("it is damaged: a type without a size.");
        bool isBigEndian = (bits & 1) != 0;
        switch (kind)
        {
            case 0:
                return Of(size, new((bits & 8) != 0 ? NumberKind.Signed : NumberKind.Unsigned, (int)size, isBigEndian), "whole numbers");
            case 1:
                H5Span fields = message;
                fields.Skip(5);
                int exponent = fields.Byte();
                bool isBFloat = size == 2 && exponent == 8;
                bool isKnown = isBFloat || (size, exponent) is (2, 5) or (4, 8) or (8, 11);
                return !isKnown || (bits & 0x40) != 0
                    ? new((int)size, null, false, false, "numbers of an unusual kind")
                    : Of(size, new(isBFloat ? NumberKind.BFloat : NumberKind.Float, (int)size, isBigEndian), "numbers");
            case 3:
                return new((int)size, null, IsText: true, IsVariable: false, "texts");
            case 5 when size == 2:
                // Keras writes bfloat16 so, and says so beside it.
                return Of(size, new(NumberKind.BFloat, 2), "bfloat16");
            case 8:
                H5Type number = Read(ref message, depth + 1);
                return number with { Size = (int)size, Name = "names of numbers" };
            case 9 when (bits & 0xF) == 1:
                return new((int)size, null, IsText: true, IsVariable: true, "texts");
            default:
                return new((int)size, null, false, false,
                    kind switch { 6 => "records", 7 => "references", 9 => "lists", 10 => "arrays", _ => $"elements of class {kind}" });
        }
    }

    private static H5Type Of(long size, StoredNumbers numbers, string name) =>
        numbers.IsKnown ? new((int)size, numbers, false, false, name) : new((int)size, null, false, false, "numbers of an unusual size");
}

/// <summary>The axes of a data set or an attribute.</summary>
internal static class H5Space
{
    private const int MostAxes = 32;

    /// <summary>Reads them; none for a single element.</summary>
    public static long[] Read(ref H5Span message)
    {
        int version = message.Byte(), rank = message.Byte(), flags = message.Byte();
        if (rank > MostAxes) throw new InvalidDataException("it is damaged: more than 32 axes.");
        switch (version)
        {
            case 1:
                message.Skip(5);
                break;
            case 2:
                // No elements at all.
                if (message.Byte() == 2) return [0];
                break;
            default:
                throw new InvalidDataException($"a data space of version {version}, which is not read.");
        }

        long[] axes = new long[rank];
        for (int i = 0; i < rank; i++) axes[i] = message.Long();
        _ = flags;
        if (Array.Exists(axes, axis => axis < 0)) throw new InvalidDataException("it is damaged: an axis without a length.");
        return axes;
    }

    /// <summary>How many elements there are.</summary>
    /// <exception cref="InvalidDataException">They are more than can be.</exception>
    public static long Count(long[] axes)
    {
        Int128 count = axes.Aggregate((Int128)1, (product, axis) => Int128.Min(product, long.MaxValue) * axis);
        return count <= long.MaxValue / 16 ? (long)count : throw new InvalidDataException("it is damaged: more elements than can be.");
    }
}
