using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace CompiledNets.Benchmarks.Peers;

/// <summary>A message in the wire format of protocol buffers, as far as a small ONNX model needs it.</summary>
internal sealed class ProtobufMessage
{
    private const int VariableLength = 0;
    private const int Delimited = 2;
    private const int FourBytes = 5;

    private readonly ArrayBufferWriter<byte> buffer = new();

    /// <summary>The message so far.</summary>
    public ReadOnlySpan<byte> Bytes => buffer.WrittenSpan;

    /// <summary>Adds a whole number.</summary>
    public ProtobufMessage Number(int field, long value)
    {
        Variable((ulong)((field << 3) | VariableLength));
        Variable((ulong)value);
        return this;
    }

    /// <summary>Adds a number of single precision.</summary>
    public ProtobufMessage Float(int field, float value)
    {
        Variable((ulong)((field << 3) | FourBytes));
        BinaryPrimitives.WriteSingleLittleEndian(buffer.GetSpan(sizeof(float)), value);
        buffer.Advance(sizeof(float));
        return this;
    }

    /// <summary>Adds bytes.</summary>
    public ProtobufMessage Raw(int field, ReadOnlySpan<byte> value)
    {
        Variable((ulong)((field << 3) | Delimited));
        Variable((ulong)value.Length);
        buffer.Write(value);
        return this;
    }

    /// <summary>Adds text.</summary>
    public ProtobufMessage Text(int field, string value) => Raw(field, Encoding.UTF8.GetBytes(value));

    /// <summary>Adds a message.</summary>
    public ProtobufMessage Message(int field, ProtobufMessage value) => Raw(field, value.Bytes);

    // Seven bits a byte, the lowest first; the eighth says that more follow.
    private void Variable(ulong value)
    {
        for (; value >= 0x80; value >>= 7) Byte((byte)(value | 0x80));
        Byte((byte)value);
    }

    private void Byte(byte value)
    {
        buffer.GetSpan(1)[0] = value;
        buffer.Advance(1);
    }
}
