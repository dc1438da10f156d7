using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace CompiledNets.Files;

/// <summary>Numbers that go into a file under a name.</summary>
/// <param name="Name">Their name.</param>
/// <param name="Shape">Their axes; none for a single number.</param>
/// <param name="Values">The numbers, the last axis fastest.</param>
internal readonly record struct NamedNumbers(string Name, int[] Shape, ReadOnlyMemory<float> Values)
{
    /// <summary>The numbers of a tensor.</summary>
    public static NamedNumbers Of(string name, Tensor<float> tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        float[] numbers = new float[checked((int)tensor.FlattenedLength)];
        tensor.FlattenTo(numbers);
        return new(name, TensorRows.Shape(tensor), numbers);
    }

    /// <summary>Writes them, least significant byte first.</summary>
    public void WriteTo(Stream stream)
    {
        const int piece = 1 << 20;
        byte[] turned = BitConverter.IsLittleEndian ? [] : new byte[piece * sizeof(float)];
        for (int at = 0; at < Values.Length; at += piece)
        {
            ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(Values.Span[at..Math.Min(Values.Length, at + piece)]);
            if (turned.Length > 0)
            {
                for (int i = 0; i < bytes.Length; i++) turned[i] = bytes[(i & ~3) + 3 - (i & 3)];
                bytes = turned.AsSpan(0, bytes.Length);
            }

            stream.Write(bytes);
        }
    }
}
