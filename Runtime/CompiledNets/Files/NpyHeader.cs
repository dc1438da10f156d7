using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace CompiledNets.Files;

/// <summary>What stands before the numbers of NumPy's <c>.npy</c> form, versions 1 to 3 (NEP 1).</summary>
/// <param name="Numbers">How they are stored.</param>
/// <param name="IsFortran">Whether the first axis is the fastest.</param>
/// <param name="Shape">The axes; none for a single number.</param>
/// <param name="Count">How many numbers there are.</param>
internal sealed partial record NpyHeader(StoredNumbers Numbers, bool IsFortran, int[] Shape, int Count)
{
    /// <summary>Far more than the text of any array takes, and little memory.</summary>
    private const int LongestText = 1 << 20;

    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>Reads it; the stream then stands at the first number.</summary>
    /// <exception cref="InvalidDataException">The file is none, damaged, or holds no plain numbers.</exception>
    public static NpyHeader Read(Stream stream)
    {
        Span<byte> start = stackalloc byte[12];
        if (stream.ReadAtLeast(start[..10], 10, throwOnEndOfStream: false) < 10 || !start.StartsWith(Magic))
            throw new InvalidDataException("no .npy file.");
        int length = BinaryPrimitives.ReadUInt16LittleEndian(start[8..]);
        if (start[6] is 2 or 3)
        {
            stream.ReadExactly(start[10..]);
            uint longer = BinaryPrimitives.ReadUInt32LittleEndian(start[8..]);
            length = longer <= LongestText ? (int)longer
                : throw new InvalidDataException($"a damaged .npy file: a header of {longer} bytes.");
        }
        else if (start[6] != 1)
        {
            throw new InvalidDataException($".npy version {start[6]}; versions 1 to 3 are read.");
        }

        byte[] bytes = new byte[length];
        if (stream.ReadAtLeast(bytes, length, throwOnEndOfStream: false) < length)
            throw new InvalidDataException("a .npy file that is cut off.");
        string text = Encoding.UTF8.GetString(bytes);
        StoredNumbers numbers = NumbersOf(Field(DescrField(), text, "'descr'"));
        int[] shape =
            [.. Field(ShapeField(), text, "'shape'").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(axis => int.TryParse(axis, NumberStyles.None, CultureInfo.InvariantCulture, out int size) ? size
                : throw TooLarge(text))];
        Int128 count = shape.Aggregate((Int128)1, (product, axis) => Int128.Min(product, long.MaxValue) * axis);
        if (count > Array.MaxLength) throw TooLarge(text);
        return new(numbers, Field(OrderField(), text, "'fortran_order'") == "True", shape, (int)count);
    }

    /// <summary>
    /// The bytes before singles of a shape, the last axis fastest; numbers begin at a multiple of 64 bytes, as NumPy has it.
    /// </summary>
    public static byte[] Write(ReadOnlySpan<int> shape)
    {
        string axes = string.Join(", ", shape.ToArray().Select(axis => axis.ToString(CultureInfo.InvariantCulture)));
        string text = $"{{'descr': '<f4', 'fortran_order': False, 'shape': ({axes}{(shape.Length == 1 ? "," : "")}), }}";
        int length = ((10 + text.Length + 1 + 63) / 64 * 64) - 10;
        byte[] bytes = new byte[10 + length];
        Magic.CopyTo(bytes);
        bytes[6] = 1;
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(8), (ushort)length);
        bytes.AsSpan(10).Fill((byte)' ');
        Encoding.ASCII.GetBytes(text, bytes.AsSpan(10));
        bytes[^1] = (byte)'\n';
        return bytes;
    }

    private static StoredNumbers NumbersOf(string descr)
    {
        StoredNumbers numbers = descr is [var order and ('<' or '>' or '|' or '='), var kind, var size and >= '1' and <= '8']
            ? new(kind switch
            {
                'f' => NumberKind.Float,
                'i' => NumberKind.Signed,
                'u' => NumberKind.Unsigned,
                'b' => NumberKind.Bool,
                _ => (NumberKind)(-1)
            }, size - '0', order == '>')
            : default;
        return numbers.Kind >= 0 && numbers.IsKnown ? numbers
            : throw new InvalidDataException($"an .npy file of type '{descr}'; numbers and true and false are read.");
    }

    private static InvalidDataException TooLarge(string text) =>
        new($"a .npy file of more numbers than an array holds, or damaged: {text.TrimEnd()[..Math.Min(text.TrimEnd().Length, 200)]}");

    private static string Field(Regex field, string header, string name)
    {
        Match match = field.Match(header);
        return match.Success ? match.Groups[1].Value : throw new InvalidDataException($"a damaged .npy file: its header has no {name}.");
    }

    [GeneratedRegex("'descr':\\s*'([^']{1,20})'", RegexOptions.None, 1000)]
    private static partial Regex DescrField();

    [GeneratedRegex("'fortran_order':\\s*(True|False)", RegexOptions.None, 1000)]
    private static partial Regex OrderField();

    [GeneratedRegex("'shape':\\s*\\(([0-9, ]{0,400})\\)", RegexOptions.None, 1000)]
    private static partial Regex ShapeField();
}
