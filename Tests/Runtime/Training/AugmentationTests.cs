using System.Numerics.Tensors;
using CompiledNets.Data;

namespace CompiledNets.Tests.Training;

/// <summary>Images that change at random in training, and in training only.</summary>
public sealed class AugmentationTests
{
    // 0 1 2 3 / 4 5 6 7 / 8 9 10 11, and a hundred more with each image.
    private static readonly Tensor<float> Images =
        Tensor.Create([.. Enumerable.Range(0, 40 * 12).Select(i => (float)((i / 12 * 100) + (i % 12)))], [40, 3, 4, 1]);

    public static TheoryData<Model> All =>
    [
        new FlippedNet(1), new MovedNet(1), new TurnedNet(1), new LargerNet(1), new ContrastNet(1), new BrightNet(1), new PartNet(1),
    ];

    [Theory]
    [MemberData(nameof(All))]
    public void Images_stay_as_they_are_in_inference(Model model)
    {
        float[] expected = model is PartNet ? TensorRows.Numbers(ImageResizing.CenterCrop(Images, 2, 2)) : TensorRows.Numbers(Images);
        Assert.Equal(expected, TensorRows.Numbers(model.Predict(Images)));
        Assert.Equal(expected, TensorRows.Numbers(model.Forward(Images, training: false)));
        // A part at random may be the middle.
        if (model is not PartNet) Assert.NotEqual(expected, TensorRows.Numbers(model.Forward(Images, training: true)));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void The_same_seed_gives_the_same_images_whatever_the_threads(Model model)
    {
        float[] once = Changed(1), again = Changed(3);
        Assert.Equal(once, again);

        float[] Changed(int threads)
        {
            Model one = model switch
            {
                FlippedNet => new FlippedNet(7),
                MovedNet => new MovedNet(7),
                TurnedNet => new TurnedNet(7),
                LargerNet => new LargerNet(7),
                ContrastNet => new ContrastNet(7),
                BrightNet => new BrightNet(7),
                _ => new PartNet(7),
            };
            one.Threads = threads;
            return TensorRows.Numbers(one.Forward(Images, training: true));
        }
    }

    [Fact]
    public void About_half_of_the_images_are_mirrored()
    {
        float[] changed = TensorRows.Numbers(new FlippedNet(1).Forward(Images, training: true));
        int mirrored = 0;
        for (int image = 0; image < 40; image++)
        {
            float first = image * 100;
            float[] rows = changed[(image * 12)..((image + 1) * 12)];
            if (rows[0] == first + 3) mirrored++;
            Assert.Equal(rows[0] == first ? [first, first + 1, first + 2, first + 3] : [first + 3, first + 2, first + 1, first], rows[..4]);
            Assert.Equal(rows[0] + 8, rows[8]);
        }

        Assert.InRange(mirrored, 8, 32);
    }

    [Fact]
    public void Images_move_down_and_to_the_right_by_shares() => Assert.Equal(
        [-5f, -5, -5, -5, -5, 0, 1, 2, -5, 4, 5, 6], TensorRows.Numbers(new MovedNet(1).Forward(Images, training: true))[..12],
        (x, y) => MathF.Abs(x - y) < 1e-4f);

    [Fact]
    public void A_quarter_of_a_turn_is_counter_clockwise()
    {
        Tensor<float> square = Tensor.Create([1f, 2, 3, 4, 5, 6, 7, 8, 9], [1, 3, 3, 1]);
        Assert.Equal(
            [3f, 6, 9, 2, 5, 8, 1, 4, 7],
            TensorRows.Numbers(new QuarterNet(1).Forward(square, training: true)), (x, y) => MathF.Abs(x - y) < 1e-4f);
    }

    [Fact]
    public void A_negative_zoom_makes_images_larger()
    {
        Tensor<float> row = Tensor.Create([0f, 0, 0, 8, 0, 0, 0], [1, 1, 7, 1]);
        float[] zoomed = TensorRows.Numbers(new ZoomedNet(1).Forward(row, training: true));
        Assert.Equal([0f, 0, 4, 8, 4, 0, 0], zoomed, (x, y) => MathF.Abs(x - y) < 1e-4f);
    }

    [Fact]
    public void Contrast_keeps_the_mean_and_brightness_the_differences()
    {
        Tensor<float> low = Tensor.Create([100f, 110, 120, 130, 104, 116, 110, 110, 120, 120, 100, 100], [1, 3, 4, 1]);
        float[] contrast = TensorRows.Numbers(new ContrastNet(1).Forward(low, training: true));
        Assert.Equal(TensorPrimitives.Average<float>(TensorRows.Numbers(low)), TensorPrimitives.Average<float>(contrast), 1e-3f);
        float factor = (contrast[3] - contrast[0]) / 30;
        Assert.InRange(factor, 0.5f, 1.5f);
        Assert.Equal(factor * 10, contrast[1] - contrast[0], 1e-3f);
        float[] bright = TensorRows.Numbers(new BrightNet(1).Forward(low, training: true));
        Assert.InRange(bright[0] - 100, -51f, 51f);
        Assert.Equal(30, bright[3] - bright[0], 1e-3f);
        Assert.All(TensorRows.Numbers(new BrightNet(1).Forward(Images, training: true)), pixel => Assert.InRange(pixel, 0f, 255f));
    }

    [Fact]
    public void The_images_of_a_batch_lose_the_same_parts()
    {
        float[] parts = TensorRows.Numbers(new PartNet(1).Forward(Images, training: true));
        for (int image = 0; image < 40; image++)
            Assert.Equal(parts[..4].Select(pixel => pixel + (image * 100)), parts[(image * 4)..((image + 1) * 4)]);
        HashSet<float> places = [];
        PartNet model = new(1);
        for (int step = 0; step < 60; step++) places.Add(TensorRows.Numbers(model.Forward(Images, training: true))[0]);
        Assert.Subset(new HashSet<float> { 0, 1, 2, 4, 5, 6 }, places);
        Assert.True(places.Count > 1);
    }

    [Fact]
    public void A_network_learns_behind_them()
    {
        float[] pixels = [.. Enumerable.Range(0, 64 * 16).Select(i => i / 16 % 2 == 0 == i % 4 < 2 ? 1f : 0)];
        Tensor<float> x = Tensor.Create(pixels, [64, 4, 4, 1]);
        float[] y = [.. Enumerable.Range(0, 64).Select(i => (float)(i % 2))];
        AugmentedNet model = new(1);
        model.Compile(new Adam(0.01), "binary_crossentropy", "accuracy");
        model.Fit(x, y, batchSize: 16, epochs: 60, Verbose.Silent);
        Assert.True(model.Evaluate(x, y, verbose: Verbose.Silent)["accuracy"] > 0.9);
    }
}

[Network]
[Input(3, 4, 1)]
[RandomFlip(FlipMode.Horizontal)]
public sealed partial class FlippedNet;

[Network]
[Input(3, 4, 1)]
[RandomTranslation(0, 0, HeightRange = [0.3333333333, 0.3333333333], WidthRange = [0.25, 0.25],
    FillMode = FillMode.Constant, FillValue = -5)]
public sealed partial class MovedNet;

[Network]
[Input(3, 4, 1)]
[RandomRotation(0.1)]
public sealed partial class TurnedNet;

[Network]
[Input(3, 3, 1)]
[RandomRotation(0.25, 0.25)]
public sealed partial class QuarterNet;

[Network]
[Input(3, 4, 1)]
[RandomZoom(0.3, FillMode = FillMode.Nearest)]
public sealed partial class LargerNet;

[Network]
[Input(1, 7, 1)]
[RandomZoom(0, 0, WidthRange = [-0.5, -0.5])]
public sealed partial class ZoomedNet;

[Network]
[Input(3, 4, 1)]
[RandomContrast(0.5)]
public sealed partial class ContrastNet;

[Network]
[Input(3, 4, 1)]
[RandomBrightness(0.2)]
public sealed partial class BrightNet;

[Network]
[Input(3, 4, 1)]
[RandomCrop(2, 2)]
public sealed partial class PartNet;

[Network]
[Input(4, 4, 1)]
[RandomTranslation(0.25, 0)]
[RandomFlip(FlipMode.Vertical)]
[Flatten]
[Dense(8, Activation.Relu)]
[Dense(1, Activation.Sigmoid)]
public sealed partial class AugmentedNet;
