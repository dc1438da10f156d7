using System.Numerics.Tensors;
using CompiledNets.Data;

namespace CompiledNets.Tests.Data;

public sealed class ImageResizingTests
{
    private static readonly Tensor<float> Images = Tensor.Create(
        [.. Enumerable.Range(0, 2 * 7 * 9 * 2).Select(i => MathF.Sin(i * 0.7f) * 100)], [2, 7, 9, 2]);

    public static TheoryData<string> Interpolations =>
        [Interpolation.Area, Interpolation.Bicubic, Interpolation.Bilinear, Interpolation.Lanczos3, Interpolation.Lanczos5,
            Interpolation.Nearest];

    [Theory]
    [MemberData(nameof(Interpolations))]
    public void One_colour_stays_one_colour(string interpolation)
    {
        Tensor<float> grey = Tensor.Create([.. Enumerable.Repeat(7.5f, 35)], [1, 5, 7, 1]);
        foreach ((int height, int width) in (ReadOnlySpan<(int, int)>)[(1, 1), (3, 4), (5, 9), (13, 2), (50, 70)])
        {
            foreach (bool antialias in (ReadOnlySpan<bool>)[false, true])
            {
                Tensor<float> resized = ImageResizing.Resize(grey, height, width, interpolation, antialias);
                Assert.Equal([1, height, width, 1], resized.Lengths);
                Assert.All(resized, pixel => Assert.Equal(7.5f, pixel, 1e-4f));
            }
        }
    }

    [Fact]
    public void Layers_give_what_data_gives()
    {
        float[] expected = TensorRows.Numbers(ImageResizing.Resize(Images, 4, 12, Interpolation.Lanczos3, antialias: true));
        Same(expected, new ResizingNet(seed: 1).Predict(Images));
        expected = TensorRows.Numbers(ImageResizing.Resize(Images, 4, 12, padToAspectRatio: true, fillValue: 3));
        Same(expected, new FramingNet(seed: 1).Predict(Images));
        expected = TensorRows.Numbers(ImageResizing.CenterCrop(Images, 3, 20));
        Same(expected, new CroppingNet(seed: 1).Predict(Images));

        static void Same(float[] expected, Tensor<float> came)
        {
            float[] numbers = TensorRows.Numbers(came);
            Assert.Equal(expected.Length, numbers.Length);
            for (int i = 0; i < numbers.Length; i++) Assert.Equal(expected[i], numbers[i], 1e-3f);
        }
    }

    [Fact]
    public void Halves_are_means_of_four()
    {
        Tensor<float> half = ImageResizing.Resize(Tensor.Create([1f, 2, 3, 4, 5, 6, 7, 8], [2, 4, 1]), 1, 2);
        Assert.Equal([1, 2, 1], half.Lengths);
        Assert.Equal([3.5f, 5.5f], TensorRows.Numbers(half));
        // Without it only the four pixels around the centre count.
        float[] row = [.. Enumerable.Range(0, 8).Select(i => i == 0 ? 8f : 0)];
        Assert.Equal(0, ImageResizing.Resize(Tensor.Create(row, [1, 8, 1]), 1, 1).Single());
        Assert.True(ImageResizing.Resize(Tensor.Create(row, [1, 8, 1]), 1, 1, antialias: true).Single() > 0);
    }

    [Fact]
    public void Parts_and_frames_keep_the_ratio()
    {
        Tensor<float> wide = Tensor.Create([1f, 2, 3, 4, 5, 6, 7, 8], [2, 4, 1]);
        Assert.Equal([2f, 3, 6, 7], TensorRows.Numbers(ImageResizing.SmartResize(wide, 2, 2)));
        Assert.Equal([2f, 3, 6, 7], TensorRows.Numbers(ImageResizing.CenterCrop(wide, 2, 2)));
        Tensor<float> framed = ImageResizing.Resize(wide, 4, 4, padToAspectRatio: true, fillValue: 9);
        Assert.Equal([9f, 9, 9, 9, 1, 2, 3, 4, 5, 6, 7, 8, 9, 9, 9, 9], TensorRows.Numbers(framed));
    }

    [Fact]
    public void What_cannot_be_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => ImageResizing.Resize(Images, 0, 3));
        Assert.Throws<ArgumentException>(() => ImageResizing.Resize(Images, 3, 3, "linear"));
        Assert.Throws<ArgumentException>(() => ImageResizing.Resize(Images, 3, 3, cropToAspectRatio: true, padToAspectRatio: true));
        Assert.StartsWith(
            "Expected images of shape (samples, height, width, channels) or (height, width, channels). Received: images.shape=(2, 3)",
            Assert.Throws<ArgumentException>(() => ImageResizing.Resize(new float[2, 3], 3, 3)).Message, StringComparison.Ordinal);
    }
}

[Network]
[Input(7, 9, 2)]
[Resizing(4, 12, Interpolation = Interpolation.Lanczos3, Antialias = true)]
public sealed partial class ResizingNet;

[Network]
[Input(7, 9, 2)]
[Resizing(4, 12, PadToAspectRatio = true, FillValue = 3)]
public sealed partial class FramingNet;

[Network]
[Input(7, 9, 2)]
[CenterCrop(3, 20)]
public sealed partial class CroppingNet;
