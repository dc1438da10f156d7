using System.Buffers.Binary;
using System.IO.Compression;
using System.Numerics.Tensors;
using System.Text;
using CompiledNets.Data;

namespace CompiledNets.Tests.Data;

public sealed class ImageGridTests
{
    [Fact]
    public void Images_stand_side_by_side()
    {
        using TemporaryFolder folder = new();
        string path = Path.Combine(folder.FullPath, "grid.png");
        // Three images of 1 by 2 pixels: two in a row, white between them.
        ImageGrid.Save(path, Tensor.Create([0f, 51, 102, 153, 204, 300], [3, 1, 2]), columns: 2);
        (int width, int height, byte colour, byte[] rows) = Read(path);
        Assert.Equal((5, 3, (byte)0), (width, height, colour));
        Assert.Equal([0, 0, 51, 255, 102, 153, 0, 255, 255, 255, 255, 255, 0, 204, 255, 255, 255, 255], rows);
    }

    [Fact]
    public void Colours_and_scales_are_kept()
    {
        using TemporaryFolder folder = new();
        string path = Path.Combine(folder.FullPath, "grid.png");
        ImageGrid.Save(path, Tensor.Create([-1f, 0, 1], [1, 1, 1, 3]), scale: 2, low: -1, high: 1);
        (int width, int height, byte colour, byte[] rows) = Read(path);
        Assert.Equal((2, 2, (byte)2), (width, height, colour));
        Assert.Equal([0, 0, 128, 255, 0, 128, 255, 0, 0, 128, 255, 0, 128, 255], rows);
    }

    [Fact]
    public void What_cannot_be_is_refused()
    {
        Assert.Throws<ArgumentException>(() => ImageGrid.Save("x.png", new float[2, 2]));
        Assert.Throws<ArgumentException>(() => ImageGrid.Save("x.png", new float[1, 2, 2, 2]));
        Assert.Throws<ArgumentException>(() => ImageGrid.Save("x.png", new float[1, 2, 2], high: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => ImageGrid.Save("x.png", new float[1, 2, 2], scale: 0));
    }

    // The chunks of a PNG, their CRC-32 checked by the other formula: a polynomial division of the bits.
    private static (int Width, int Height, byte Colour, byte[] Rows) Read(string path)
    {
        byte[] file = File.ReadAllBytes(path);
        Assert.Equal([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], file[..8]);
        byte[] head = [], data = [];
        for (int at = 8; at < file.Length;)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at));
            string name = Encoding.ASCII.GetString(file, at + 4, 4);
            Assert.Equal(Crc(file.AsSpan(at + 4, length + 4)), BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at + 8 + length)));
            if (name == "IHDR") head = file[(at + 8)..(at + 8 + length)];
            if (name == "IDAT") data = file[(at + 8)..(at + 8 + length)];
            at += length + 12;
        }

        using ZLibStream zlib = new(new MemoryStream(data), CompressionMode.Decompress);
        using MemoryStream rows = new();
        zlib.CopyTo(rows);
        return (BinaryPrimitives.ReadInt32BigEndian(head), BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(4)), head[9], rows.ToArray());
    }

    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        ulong remainder = 0;
        for (int i = 0; i < (bytes.Length * 8) + 32; i++)
        {
            int bit = i < bytes.Length * 8 ? (bytes[i / 8] >> (i % 8)) & 1 : 0;
            if (i < 32) bit ^= 1;
            remainder = (remainder << 1) | (uint)bit;
            if (remainder >> 32 != 0) remainder ^= 0x104C11DB7;
        }

        uint reversed = 0;
        for (int i = 0; i < 32; i++) reversed |= ((uint)(remainder >> i) & 1) << (31 - i);
        return ~reversed;
    }
}
