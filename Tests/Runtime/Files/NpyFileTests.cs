using System.IO.Compression;
using System.Numerics.Tensors;
using System.Text;
using CompiledNets.Files;

namespace CompiledNets.Tests.Files;

public sealed class NpyFileTests
{
    [Fact]
    public void What_was_written_is_read()
    {
        using TemporaryFolder folder = new();
        foreach (nint[] shape in new nint[][] { [2, 3], [6], [1, 6, 1], [3, 0] })
        {
            float[] numbers = [.. Enumerable.Range(0, (int)shape.Aggregate((nint)1, (a, b) => a * b)).Select(i => i + 0.5f)];
            NpyFile.Write(folder["a.npy"], Tensor.Create(numbers, shape));
            Tensor<float> read = NpyFile.Read(folder["a.npy"]);
            Assert.Equal(shape, read.Lengths.ToArray());
            Assert.Equal(numbers, read.ToArray());
        }

        // As NumPy pads it.
        byte[] header = File.ReadAllBytes(folder["a.npy"]);
        Assert.Equal(0, header.Length % 64);
        Assert.Matches("^.NUMPY\\x01\\x00.\\x00\\{'descr': '<f4', 'fortran_order': False, 'shape': \\(3, 0\\), \\} +\n$",
            Encoding.Latin1.GetString(header));
    }

    [Theory]
    [InlineData("<f8", "000000000000f83f", 1.5f)]
    [InlineData(">f8", "3ff8000000000000", 1.5f)]
    [InlineData(">f4", "3fc00000", 1.5f)]
    [InlineData("<f2", "003e", 1.5f)]
    [InlineData("<i8", "fdffffffffffffff", -3f)]
    [InlineData(">i2", "fffd", -3f)]
    [InlineData("|i1", "fd", -3f)]
    [InlineData("|u1", "c8", 200f)]
    [InlineData("<u4", "c8000000", 200f)]
    [InlineData("|b1", "01", 1f)]
    public void Numbers_of_any_type_are_read(string type, string bytes, float value)
    {
        Assert.Equal(value, NpyFile.Read(Npy(type, "False", "(1,)", Convert.FromHexString(bytes)))[0]);
        Assert.Equal(value, NpyFile.Read(Npy(type, "False", "()", Convert.FromHexString(bytes))).ToArray()[0]);
    }

    [Fact]
    public void Fortran_order_is_turned()
    {
        byte[] bytes = [0, 3, 1, 4, 2, 5];
        Assert.Equal([0, 1, 2, 3, 4, 5], NpyFile.Read(Npy("|u1", "True", "(2, 3)", bytes)).ToArray());
    }

    [Theory]
    [InlineData("<f4", "(2,)", 4, "cut off")]
    [InlineData("<f4", "(2000000000, 2000000000)", 4, "more numbers than an array holds")]
    [InlineData("<f4", "(99999999999999999999,)", 4, "more numbers than an array holds")]
    [InlineData("<f4", "(1000000000,)", 4, "cut off")]
    [InlineData("<c8", "(1,)", 8, "'<c8'")]
    [InlineData("|O", "(1,)", 8, "'|O'")]
    [InlineData("<f4", "(-1,)", 4, "no 'shape'")]
    public void Damaged_files_are_refused(string type, string shape, int numbers, string expected)
    {
        foreach (Stream stream in new Stream[] { Npy(type, "False", shape, new byte[numbers]),
            new Unseekable(Npy(type, "False", shape, new byte[numbers])) })
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            InvalidDataException refused = Assert.Throws<InvalidDataException>(() => NpyFile.Read(stream));
            Assert.Contains(expected, refused.Message, StringComparison.Ordinal);
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4_000_000);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Npz_files_keep_names_and_numbers(bool compress)
    {
        using TemporaryFolder folder = new();
        NpzFile.Write(folder["a.npz"], [new("x0", Tensor.Create([1f, 2], [2])), new("../out/y", Tensor.Create([3f], [1, 1]))], compress);
        IReadOnlyDictionary<string, Tensor<float>> read = NpzFile.Read(folder["a.npz"]);
        Assert.Equal(["x0", "../out/y"], read.Keys);
        Assert.Equal([1f, 2f], read["x0"].ToArray());
        Assert.Equal([1, 1], read["../out/y"].Lengths.ToArray());
        Assert.Equal(["a.npz"], folder.Names);
        byte[] whole = File.ReadAllBytes(folder["a.npz"]);
        for (int length = 0; length < whole.Length; length += 7)
            Assert.Throws<InvalidDataException>(() => NpzFile.Read(new MemoryStream(whole[..length])));
    }

    [Fact]
    public void A_zip_bomb_is_not_read()
    {
        MemoryStream bytes = new();
        using (ZipArchive zip = new(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            using Stream member = zip.CreateEntry("x.npy", CompressionLevel.SmallestSize).Open();
            Npy("<f4", "False", "(100000000,)", []).CopyTo(member);
            byte[] zeros = new byte[1_000_000];
            for (int i = 0; i < 400; i++) member.Write(zeros);
        }

        bytes.Position = 0;
        long before = GC.GetAllocatedBytesForCurrentThread();
        InvalidDataException refused = Assert.Throws<InvalidDataException>(() => NpzFile.Read(bytes));
        Assert.Contains("'x.npy' is 400", refused.Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4_000_000);
    }

    private static MemoryStream Npy(string type, string order, string shape, byte[] numbers)
    {
        byte[] header = Encoding.ASCII.GetBytes($"{{'descr': '{type}', 'fortran_order': {order}, 'shape': {shape}, }}\n");
        return new([0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, 0, .. header, .. numbers]);
    }

    private sealed class Unseekable(Stream inner) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => inner.Read(buffer, offset, count);

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
