using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace CompiledNets;

/// <summary>Writes messages of protocol buffers (https://protobuf.dev/programming-guides/encoding).</summary>
internal sealed class ProtobufWriter
{
    private const int Varint = 0, Fixed64 = 1, Delimited = 2;

    private readonly ArrayBufferWriter<byte> bytes = new();

    /// <summary>The message.</summary>
    public ReadOnlySpan<byte> Written => bytes.WrittenSpan;

    /// <summary>A whole number; 0 is left out, as it is what a reader takes for missing.</summary>
    public ProtobufWriter Number(int field, long value)
    {
        if (value == 0) return this;
        Key(field, Varint);
        Write((ulong)value);
        return this;
    }

    /// <summary>A number of double precision.</summary>
    public ProtobufWriter Double(int field, double value)
    {
        Key(field, Fixed64);
        BinaryPrimitives.WriteDoubleLittleEndian(bytes.GetSpan(sizeof(double)), value);
        bytes.Advance(sizeof(double));
        return this;
    }

    /// <summary>Text.</summary>
    public ProtobufWriter Text(int field, string value) => Bytes(field, Encoding.UTF8.GetBytes(value));

    /// <summary>A message in the message.</summary>
    public ProtobufWriter Message(int field, ProtobufWriter value) => Bytes(field, value.Written);

    /// <summary>Bytes.</summary>
    public ProtobufWriter Bytes(int field, ReadOnlySpan<byte> value)
    {
        Key(field, Delimited);
        Write((ulong)value.Length);
        bytes.Write(value);
        return this;
    }

    private void Key(int field, int type) => Write(((ulong)field << 3) | (uint)type);

    // Seven bits a byte, the lowest first.
    private void Write(ulong value)
    {
        Span<byte> target = bytes.GetSpan(10);
        int count = 0;
        for (; value >= 0x80; value >>= 7) target[count++] = (byte)(value | 0x80);
        target[count++] = (byte)value;
        bytes.Advance(count);
    }
}
