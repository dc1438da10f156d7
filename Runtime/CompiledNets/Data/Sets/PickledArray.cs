using System.Buffers.Binary;
using System.Globalization;

namespace CompiledNets.Data;

/// <summary>An array of NumPy as a pickle has it.</summary>
internal sealed class PickledArray
{
    /// <summary>Its axes.</summary>
    public int[] Shape { get; set; } = [];

    /// <summary>The type of its elements.</summary>
    public PickledType Type { get; set; } = new("");

    /// <summary>Its elements: bytes, or a list where they are objects.</summary>
    public object? Data { get; set; }

    /// <summary>Its bytes, where that is its type.</summary>
    /// <exception cref="InvalidDataException">It is of another type.</exception>
    public byte[] Bytes() => Type.Name == "u1" && Data is byte[] bytes && bytes.Length == Shape.Aggregate(1, (a, b) => checked(a * b))
        ? bytes
        : throw new InvalidDataException($"Expected an array of bytes. Received: one of type '{Type.Name}'.");

    /// <summary>Whole numbers: those of an array, or of a list.</summary>
    /// <exception cref="InvalidDataException">It is neither.</exception>
    public static int[] WholeNumbers(object? value)
    {
        switch (value)
        {
            case List<object?> list:
                return [.. list.Select(item => item is long number ? checked((int)number) : throw Other(item))];
            case PickledArray { Type.Name: [var kind and ('i' or 'u'), var digit], Data: byte[] data } array:
                int size = digit - '0', count = data.Length / Math.Max(size, 1);
                int[] numbers = new int[count];
                for (int i = 0; i < count; i++) numbers[i] = array.Number(kind, data.AsSpan(i * size, size));
                return numbers;
            case PickledArray { Data: List<object?> items }:
                return WholeNumbers(items);
            default:
                throw Other(value);
        }
    }

    private int Number(char kind, ReadOnlySpan<byte> bytes)
    {
        Span<byte> little = stackalloc byte[8];
        little.Clear();
        bytes.CopyTo(little);
        if (Type.IsBigEndian) little[..bytes.Length].Reverse();
        if (kind == 'i' && little[bytes.Length - 1] >= 0x80) little[bytes.Length..].Fill(0xff);
        return checked((int)BinaryPrimitives.ReadInt64LittleEndian(little));
    }

    private static InvalidDataException Other(object? value) =>
        new(string.Create(CultureInfo.InvariantCulture, $"Expected whole numbers. Received: {value ?? "None"}."));
}

/// <summary>The type of an array's elements.</summary>
/// <param name="name">NumPy's name: <c>u1</c>, <c>i8</c>, <c>O8</c>.</param>
internal sealed class PickledType(string name)
{
    /// <summary>NumPy's name, without the order of bytes.</summary>
    public string Name { get; } = name.TrimStart('<', '>', '|', '=');

    /// <summary>Whether the highest byte of a number is the first.</summary>
    public bool IsBigEndian { get; set; } = name.StartsWith('>');
}
