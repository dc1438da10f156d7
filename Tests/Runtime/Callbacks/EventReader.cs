using System.Buffers.Binary;
using System.Text;

namespace CompiledNets.Tests.Callbacks;

/// <summary>Reads event files: every checksum and every field, with nothing left over.</summary>
internal static class EventReader
{
    /// <summary>A record: its step, and what it says.</summary>
    public sealed record Entry(long Step, string? Version, string? Tag, string? Plugin, int Type, long[] Shape, double[] Numbers,
        string? Text)
    {
        /// <summary>As the listing of Keras's files has it.</summary>
        public override string ToString() => $"step {Step} {Tag} {Plugin}";
    }

    public static List<Entry> Read(string path)
    {
        byte[] bytes = File.ReadAllBytes(path);
        List<Entry> entries = [];
        for (int at = 0; at < bytes.Length;)
        {
            int length = (int)BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(at));
            Check(bytes.AsSpan(at, 8), BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at + 8)));
            Check(bytes.AsSpan(at + 12, length), BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at + 12 + length)));
            entries.Add(Event(bytes.AsSpan(at + 12, length)));
            at += length + 16;
        }

        return entries;
    }

    private static Entry Event(ReadOnlySpan<byte> message)
    {
        Dictionary<int, object> fields = Fields(message);
        Assert.True((double)fields[1] > 1.5e9);
        long step = fields.TryGetValue(2, out object? given) ? (long)given : 0;
        if (fields.TryGetValue(3, out object? version)) return new(step, Text(version), null, null, 0, [], [], null);
        Dictionary<int, object> value = Fields((byte[])Fields((byte[])fields[5])[1]);
        Dictionary<int, object> tensor = Fields((byte[])value[8]);
        string plugin = Text(Fields((byte[])Fields((byte[])value[9])[1])[1]);
        int type = (int)(long)tensor[1];
        long[] shape = [.. Repeated((byte[])tensor[2], 2).Select(axis => (long)Fields(axis)[1])];
        double[] numbers = type switch
        {
            1 => [BinaryPrimitives.ReadSingleLittleEndian((byte[])tensor[4])],
            2 => [.. ((byte[])tensor[4]).Chunk(8).Select(chunk => BinaryPrimitives.ReadDoubleLittleEndian(chunk))],
            _ => [],
        };
        return new(step, null, Text(value[1]), plugin, type, shape, numbers, type == 7 ? Text(tensor[8]) : null);
    }

    private static string Text(object bytes) => Encoding.UTF8.GetString((byte[])bytes);

    private static Dictionary<int, object> Fields(ReadOnlySpan<byte> message)
    {
        Dictionary<int, object> fields = [];
        foreach ((int field, object value) in All(message.ToArray())) fields[field] = value;
        return fields;
    }

    private static IEnumerable<byte[]> Repeated(byte[] message, int field) =>
        All(message).Where(entry => entry.Field == field).Select(entry => (byte[])entry.Value);

    private static List<(int Field, object Value)> All(byte[] message)
    {
        List<(int, object)> fields = [];
        int at = 0;
        while (at < message.Length)
        {
            long key = Varint(message, ref at);
            switch (key & 7)
            {
                case 0:
                    fields.Add(((int)(key >> 3), Varint(message, ref at)));
                    break;
                case 1:
                    fields.Add(((int)(key >> 3), BinaryPrimitives.ReadDoubleLittleEndian(message.AsSpan(at, 8))));
                    at += 8;
                    break;
                case 2:
                    int length = (int)Varint(message, ref at);
                    fields.Add(((int)(key >> 3), message.AsSpan(at, length).ToArray()));
                    at += length;
                    break;
                default:
                    throw new InvalidDataException($"Field of type {key & 7}.");
            }
        }

        return fields;
    }

    private static long Varint(byte[] message, ref int at)
    {
        long value = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte next = message[at++];
            value |= (long)(next & 0x7f) << shift;
            if (next < 0x80) return value;
        }
    }

    // CRC-32C bit by bit, as its polynomial says.
    private static void Check(ReadOnlySpan<byte> bytes, uint masked)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in bytes)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++) crc = (crc & 1) != 0 ? (crc >> 1) ^ 0x82f63b78 : crc >> 1;
        }

        crc = ~crc;
        Assert.Equal(((crc >> 15) | (crc << 17)) + 0xa282ead8, masked);
    }
}
