using System.Numerics.Tensors;
using SkiaSharp;

namespace CompiledNets.Images.Tests;

public sealed class ImageFileTests
{
    [Theory]
    [InlineData(ColorMode.Rgb, new[] { 1f, 2, 3, 10, 20, 30 })]
    [InlineData(ColorMode.Rgba, new[] { 1f, 2, 3, 255, 10, 20, 30, 255 })]
    [InlineData(ColorMode.Grayscale, new[] { 2f, 18 })]
    public void Pixels_are_those_of_the_file(ColorMode mode, float[] pixels)
    {
        Tensor<float> image = ImageFile.Decode(ImageFiles.Encode(2, 1, new(10, 20, 30)), mode);
        Assert.Equal([1, 2, pixels.Length / 2], image.Lengths);
        Assert.Equal(pixels, image.ToArray());
    }

    [Fact]
    public void Opacity_is_dropped_without_a_trace()
    {
        byte[] file = ImageFiles.Encode(3, 2, new(200, 100, 50, 128));
        Tensor<float> image = ImageFile.Decode(file, ColorMode.Rgba);
        Assert.Equal([200f, 100, 50, 128], image.ToArray()[^4..], (x, y) => MathF.Abs(x - y) <= 1);
        Assert.Equal([200f, 100, 50], ImageFile.Decode(file).ToArray()[^3..], (x, y) => MathF.Abs(x - y) <= 1);
    }

    [Fact]
    public void Photographs_are_near_what_they_were()
    {
        Tensor<float> image = ImageFile.Decode(ImageFiles.Encode(16, 8, new(10, 120, 230), SKEncodedImageFormat.Jpeg));
        Assert.Equal([8, 16, 3], image.Lengths);
        Assert.Equal([10f, 120, 230], image.ToArray()[^3..], (x, y) => MathF.Abs(x - y) <= 3);
    }

    [Fact]
    public void Images_are_resized_as_they_are_loaded()
    {
        string path = Path.Combine(Directory.CreateTempSubdirectory("images").FullName, "a.png");
        File.WriteAllBytes(path, ImageFiles.Encode(8, 6, new(40, 40, 40)));
        Assert.Equal([3, 4, 1], ImageFile.Load(path, ColorMode.Grayscale, (3, 4)).Lengths);
        Assert.Equal([6, 8, 3], ImageFile.Load(path).Lengths);
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
    }

    [Fact]
    public void What_is_no_whole_image_is_refused()
    {
        Assert.Throws<InvalidDataException>(() => ImageFile.Decode("<html></html>"u8));
        Assert.Throws<InvalidDataException>(() => ImageFile.Decode([]));
        foreach (SKEncodedImageFormat format in (ReadOnlySpan<SKEncodedImageFormat>)[SKEncodedImageFormat.Png, SKEncodedImageFormat.Jpeg])
        {
            byte[] file = ImageFiles.Encode(200, 200, new(10, 20, 30), format);
            Assert.Throws<InvalidDataException>(() => ImageFile.Decode(file.AsSpan(0, file.Length / 2)));
        }

        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        File.WriteAllText(path, "no image");
        Assert.StartsWith(path, Assert.Throws<InvalidDataException>(() => ImageFile.Load(path)).Message, StringComparison.Ordinal);
        File.Delete(path);
        Assert.Throws<FileNotFoundException>(() => ImageFile.Load(path));
    }

    // A head of 33 bytes asks for 4 billion pixels.
    [Fact]
    public void A_bomb_takes_no_memory()
    {
        byte[] file = ImageFiles.Encode(2, 2, SKColors.Red);
        for (int i = 0; i < 4; i++) file[16 + i] = file[20 + i] = (byte)(i == 1 ? 1 : 0);
        uint crc = uint.MaxValue;
        foreach (byte b in file[12..29])
        {
            crc ^= b;
            for (int bit = 0; bit < 8; bit++) crc = (crc >> 1) ^ ((crc & 1) == 0 ? 0 : 0xEDB88320);
        }

        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan(29), ~crc);
        long before = GC.GetTotalAllocatedBytes();
        Assert.Throws<InvalidDataException>(() => ImageFile.Decode(file));
        Assert.True(GC.GetTotalAllocatedBytes() - before < 10_000_000);
    }
}
