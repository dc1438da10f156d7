using System.Buffers.Binary;
using System.Numerics.Tensors;
using System.Text;
using CompiledNets.Files;

namespace CompiledNets.Tests.Files;

public sealed class SafetensorsFileTests
{
    [Fact]
    public void What_was_written_is_read_with_its_bits()
    {
        using TemporaryFolder folder = new();
        float[] odd = [float.NaN, float.NegativeInfinity, -0f, float.Epsilon, 1e-30f, 3];
        SafetensorsFile.Write(
            folder["a.safetensors"],
            [new("b", Tensor.Create(odd, [2, 3])), new("a ü\"/\\", Tensor.Create([7f], [1])),
                new("none", Tensor.Create(Array.Empty<float>(), [0, 4]))],
            new Dictionary<string, string> { ["who"] = "ä" });
        using var mapped = SafetensorsFile.Open(folder["a.safetensors"]);
        using var read = SafetensorsFile.Read(new MemoryStream(File.ReadAllBytes(folder["a.safetensors"])));
        foreach (SafetensorsFile file in new[] { mapped, read })
        {
            Assert.Equal(["b", "a ü\"/\\", "none"], file.Names);
            Assert.Equal([2, 3], file.ShapeOf("b").ToArray());
            Assert.Equal(odd.Select(BitConverter.SingleToInt32Bits), file.Floats("b").ToArray().Select(BitConverter.SingleToInt32Bits));
            Assert.Equal(7, file.ToTensor("a ü\"/\\")[0]);
            Assert.Equal(0, file.ToTensor("none").FlattenedLength);
            Assert.Equal("ä", file.Metadata["who"]);
        }
    }

    [Fact]
    public void A_mapped_file_is_not_copied()
    {
        using TemporaryFolder folder = new();
        SafetensorsFile.Write(folder["a.safetensors"], [new("large", Tensor.Create(new float[4_000_000], [4_000_000]))]);
        long before = GC.GetAllocatedBytesForCurrentThread();
        using var file = SafetensorsFile.Open(folder["a.safetensors"]);
        Assert.Equal(0, file.Floats("large")[3_999_999]);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
    }

    [Theory]
    [InlineData("F64", 8, 1.5)]
    [InlineData("F16", 2, 1.5)]
    [InlineData("BF16", 2, 1.5)]
    [InlineData("I64", 8, -3.0)]
    [InlineData("I32", 4, -3.0)]
    [InlineData("I16", 2, -3.0)]
    [InlineData("I8", 1, -3.0)]
    [InlineData("U64", 8, 200.0)]
    [InlineData("U32", 4, 200.0)]
    [InlineData("U16", 2, 200.0)]
    [InlineData("U8", 1, 200.0)]
    [InlineData("BOOL", 1, 1.0)]
    public void Numbers_of_other_types_are_converted(string type, int size, double value)
    {
        byte[] number = new byte[8];
        switch (type)
        {
            case "F64": BinaryPrimitives.WriteDoubleLittleEndian(number, value); break;
            case "F16": BinaryPrimitives.WriteHalfLittleEndian(number, (Half)value); break;
            case "BF16":
                BinaryPrimitives.WriteUInt16LittleEndian(number,
                (ushort)(BitConverter.SingleToUInt32Bits((float)value) >> 16)); break;
            default: BinaryPrimitives.WriteInt64LittleEndian(number, (long)value); break;
        }

        using var file = SafetensorsFile.Read(
            new MemoryStream(Bytes($$$"""{"x":{"dtype":"{{{type}}}","shape":[],"data_offsets":[0,{{{size}}}]}}""", number[..size])));
        float[] one = new float[1];
        file.CopyTo("x", one);
        Assert.Equal((float)value, one[0]);
        Assert.Equal(type, file.TypeOf("x"));
        InvalidDataException refused = Assert.Throws<InvalidDataException>(() => file.Floats("x")[0]);
        Assert.Contains(type, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", 4, "shape (2,)")]
    [InlineData("""{"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 8, "cut off or damaged")]
    [InlineData("""{"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 2, "cut off or damaged")]
    [InlineData("""{"x":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, "begins at 4")]
    [InlineData("""{"x":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}""", 4, "axis of -1")]
    [InlineData("""{"x":{"dtype":"F32","shape":[2147483647,2147483647,2147483647],"data_offsets":[0,4]}}""", 4, "takes")]
    [InlineData("""{"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 4,
        "two tensors 'x'")]
    [InlineData("""{"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"y":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 4,
        "begins at 0")]
    [InlineData("""{"x":7}""", 0, "damaged header")]
    [InlineData("""[[[[[[[[[[[[1]]]]]]]]]]]]""", 0, "damaged header")]
    [InlineData("""{"x":{"dtype":"F32","shape":[1.5],"data_offsets":[0,4]}}""", 4, "damaged header")]
    public void Damaged_headers_are_refused(string header, int numbers, string expected)
    {
        InvalidDataException refused =
            Assert.Throws<InvalidDataException>(() => SafetensorsFile.Read(new MemoryStream(Bytes(header, new byte[numbers]))));
        Assert.Contains(expected, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Any_cut_and_any_flipped_byte_is_refused_or_read()
    {
        using TemporaryFolder folder = new();
        SafetensorsFile.Write(folder["a"], [new("x", Tensor.Create([1f, 2, 3], [3])), new("y", Tensor.Create([4f], [1]))],
            new Dictionary<string, string> { ["a"] = "b" });
        byte[] whole = File.ReadAllBytes(folder["a"]);
        for (int length = 0; length < whole.Length; length++)
            Assert.Throws<InvalidDataException>(() => SafetensorsFile.Read(new MemoryStream(whole[..length])));
        for (int at = 0; at < whole.Length; at++)
        {
            for (int bit = 0; bit < 8; bit++)
            {
                byte[] damaged = [.. whole];
                damaged[at] ^= (byte)(1 << bit);
                try
                {
                    using var file = SafetensorsFile.Read(new MemoryStream(damaged));
                    foreach (string name in file.Names)
                        if (file.TypeOf(name) == "F32") file.ToTensor(name);
                }
                catch (InvalidDataException)
                {
                }
            }
        }
    }

    private static byte[] Bytes(string header, byte[] numbers)
    {
        byte[] text = Encoding.UTF8.GetBytes(header), length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, text.Length);
        return [.. length, .. text, .. numbers];
    }
}
