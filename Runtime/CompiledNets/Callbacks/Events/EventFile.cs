using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;

namespace CompiledNets;

/// <summary>
/// A file of events as TensorBoard reads it. A record is its length (u64), a checksum of that, an <c>Event</c> message of protocol buffers
/// (tensorflow/core/util/event.proto), and a checksum of the message, all little-endian; checksums are CRC-32C, rotated and shifted.
/// </summary>
internal sealed class EventFile : IDisposable
{
    // Fields of Event, Summary.Value, TensorProto and SummaryMetadata, and the types of tensors.
    private const int WallTime = 1, Step = 2, FileVersion = 3, SummaryOf = 5, Source = 10;
    private const int Tag = 1, TensorOf = 8, Metadata = 9;
    private const int Type = 1, ShapeOf = 2, Content = 4, StringValue = 8;
    private const int FloatType = 1, DoubleType = 2, StringType = 7;

    private static int files;

    private readonly FileStream file;

    /// <summary>Creates a file in a folder, which is created too.</summary>
    public EventFile(string folder)
    {
        Directory.CreateDirectory(folder);
        string name = string.Create(
            CultureInfo.InvariantCulture,
            $"events.out.tfevents.{(long)Now}.{Environment.MachineName}.{Environment.ProcessId}.{Interlocked.Increment(ref files) - 1}.v2");
        file = new(Path.Combine(folder, name), FileMode.Create, FileAccess.Write, FileShare.Read);
        Write(new ProtobufWriter().Double(WallTime, Now).Text(FileVersion, "brain.Event:2")
            .Message(Source, new ProtobufWriter().Text(1, "CompiledNets")));
        file.Flush();
    }

    private static double Now => (DateTime.UtcNow - DateTime.UnixEpoch).TotalSeconds;

    /// <summary>A number.</summary>
    public void Scalar(string tag, double value, long step)
    {
        float single = (float)value;
        ProtobufWriter tensor = new ProtobufWriter().Number(Type, FloatType).Bytes(ShapeOf, [])
            .Bytes(Content, LittleEndian(MemoryMarshal.AsBytes(new ReadOnlySpan<float>(in single)), sizeof(float)));
        Value(tag, tensor, "scalars", step);
    }

    /// <summary>How numbers are spread: by bucket its edges and how many lie in it.</summary>
    public void Histogram(string tag, ReadOnlySpan<float> values, long step)
    {
        double[] buckets = Histograms.Buckets(values);
        var shape = new ProtobufWriter();
        shape.Message(2, new ProtobufWriter().Number(1, buckets.Length / 3)).Message(2, new ProtobufWriter().Number(1, 3));
        ProtobufWriter tensor = new ProtobufWriter().Number(Type, DoubleType).Message(ShapeOf, shape)
            .Bytes(Content, LittleEndian(MemoryMarshal.AsBytes<double>(buckets), sizeof(double)));
        Value(tag, tensor, "histograms", step);
    }

    /// <summary>Text for a plugin.</summary>
    public void Text(string tag, string text, string plugin, long step) =>
        Value(tag, new ProtobufWriter().Number(Type, StringType).Bytes(ShapeOf, []).Text(StringValue, text), plugin, step);

    /// <summary>Makes sure that readers see what was written.</summary>
    public void Flush() => file.Flush();

    /// <inheritdoc/>
    public void Dispose() => file.Dispose();

    private void Value(string tag, ProtobufWriter tensor, string plugin, long step)
    {
        var metadata = new ProtobufWriter().Message(1, new ProtobufWriter().Text(1, plugin));
        var value = new ProtobufWriter().Text(Tag, tag).Message(TensorOf, tensor).Message(Metadata, metadata);
        Write(new ProtobufWriter().Double(WallTime, Now).Number(Step, step)
            .Message(SummaryOf, new ProtobufWriter().Message(1, value)));
    }

    private void Write(ProtobufWriter message)
    {
        Span<byte> head = stackalloc byte[12], tail = stackalloc byte[4];
        BinaryPrimitives.WriteUInt64LittleEndian(head, (ulong)message.Written.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(head[8..], Checksum(head[..8]));
        BinaryPrimitives.WriteUInt32LittleEndian(tail, Checksum(message.Written));
        file.Write(head);
        file.Write(message.Written);
        file.Write(tail);
    }

    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in bytes) crc = BitOperations.Crc32C(crc, value);
        // So that a checksum of what holds checksums is none that is easily met.
        return BitOperations.RotateRight(~crc, 15) + 0xa282ead8;
    }

    private static byte[] LittleEndian(ReadOnlySpan<byte> numbers, int size)
    {
        byte[] bytes = numbers.ToArray();
        if (BitConverter.IsLittleEndian) return bytes;
        for (int at = 0; at < bytes.Length; at += size) bytes.AsSpan(at, size).Reverse();
        return bytes;
    }
}
