using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;

namespace CompiledNets.Harness.Goldens;

/// <summary>Reads NumPy's <c>.npy</c> form, versions 1 to 3: little-endian, C order (NEP 1).</summary>
public static partial class NpyReader
{
    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>Reads one array.</summary>
    /// <param name="name">What to call it.</param>
    /// <param name="file">The whole file.</param>
    /// <exception cref="InvalidDataException">It is not such a file, or holds a type or an order that goldens do not have.</exception>
    public static NamedArray Read(string name, ReadOnlySpan<byte> file)
    {
        if (file.Length < 10 || !file.StartsWith(Magic)) throw new InvalidDataException($"{name}: not a .npy file.");
        bool isFirstVersion = file[6] == 1;
        int headerStart = isFirstVersion ? 10 : 12;
        int headerLength = isFirstVersion ? BinaryPrimitives.ReadUInt16LittleEndian(file[8..])
            : BinaryPrimitives.ReadInt32LittleEndian(file[8..]);
        string header = Encoding.UTF8.GetString(file.Slice(headerStart, headerLength));

        string descr = Field(DescrField(), header, name);
        if (Field(OrderField(), header, name) != "False") throw new InvalidDataException($"{name}: Fortran order; goldens are in C order.");
        int[] shape =
            [.. Field(ShapeField(), header, name).Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(axis => int.Parse(axis, CultureInfo.InvariantCulture))];
        int count = shape.Aggregate(1, (product, axis) => checked(product * axis));

        (string type, double[] data) = ReadNumbers(name, descr, file[(headerStart + headerLength)..], count);
        return new(name, type, shape, data);
    }

    private static (string Type, double[] Data) ReadNumbers(string name, string descr, ReadOnlySpan<byte> bytes, int count) => descr switch
    {
        "<f8" => ("float64", Widen<double>(name, bytes, count, number => number)),
        "<f4" => ("float32", Widen<float>(name, bytes, count, number => number)),
        "<i8" => ("int64", Widen<long>(name, bytes, count, number => number)),
        "<i4" => ("int32", Widen<int>(name, bytes, count, number => number)),
        "|u1" => ("uint8", Widen<byte>(name, bytes, count, number => number)),
        "|b1" => ("bool", Widen<byte>(name, bytes, count, number => number == 0 ? 0 : 1)),
        _ => throw new InvalidDataException($"{name}: type '{descr}'; goldens have <f8, <f4, <i8, <i4, |u1 and |b1."),
    };

    private static double[] Widen<T>(string name, ReadOnlySpan<byte> bytes, int count, Func<T, double> widen) where T : unmanaged
    {
        ReadOnlySpan<T> numbers = MemoryMarshal.Cast<byte, T>(bytes);
        if (numbers.Length < count)
            throw new InvalidDataException($"{name}: {count} numbers wanted, the file ends after {numbers.Length}.");
        double[] data = new double[count];
        for (int i = 0; i < count; i++) data[i] = widen(numbers[i]);
        return data;
    }

    private static string Field(Regex field, string header, string name)
    {
        Match match = field.Match(header);
        return match.Success ? match.Groups[1].Value
            : throw new InvalidDataException($"{name}: the header {header.TrimEnd()} has no {field}.");
    }

    [GeneratedRegex("'descr':\\s*'([^']*)'")]
    private static partial Regex DescrField();

    [GeneratedRegex("'fortran_order':\\s*(True|False)")]
    private static partial Regex OrderField();

    [GeneratedRegex("'shape':\\s*\\(([^)]*)\\)")]
    private static partial Regex ShapeField();
}
