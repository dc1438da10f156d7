using System.Numerics.Tensors;
using CompiledNets.Numerics;

namespace CompiledNets.Tests.Training;

[Network]
[Input(401)]
[GaussianNoise(0.4)]
[Identity]
internal sealed partial class NoiseNet;

[Network]
[Input(401)]
[GaussianDropout(0.2)]
[Identity]
internal sealed partial class GaussianDropoutNet;

[Network]
[Input(401)]
[AlphaDropout(0.2)]
[Identity]
internal sealed partial class AlphaDropoutNet;

[Network]
[Input(20, 20)]
[Dropout(0.3, NoiseShape = [1, -1])]
[Identity]
internal sealed partial class SharedMaskNet;

[Network]
[Input(20)]
[Dropout(1)]
[Identity]
internal sealed partial class AllDroppedNet;

/// <summary>Layers of random numbers: what they make of their input in training, and that no width and no thread changes a bit.</summary>
public sealed class NoiseTests
{
    private const int Rows = 50;

    [Fact]
    public void Noise_has_its_mean_and_deviation() => HasMoments(new NoiseNet(1), 1, 0.4);

    [Fact]
    public void Gaussian_dropout_keeps_the_mean_and_has_the_deviation_of_dropout() =>
        HasMoments(new GaussianDropoutNet(1), 1, Math.Sqrt(0.2 / 0.8));

    [Fact]
    public void Alpha_dropout_keeps_mean_and_variance()
    {
        var random = new Random(3);
        float[] numbers = [.. Enumerable.Range(0, Rows * 401)
            .Select(_ => (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble())))];
        float[] output = TensorRows.Numbers(new AlphaDropoutNet(1).Forward(Tensor.Create(numbers, [Rows, 401]), training: true));
        Assert.Equal(0, output.Average(), 0.03);
        Assert.Equal(1, output.Average(y => (double)y * y), 0.04);
        Assert.Equal(0.2, output.GroupBy(y => y).Max(same => same.Count()) / (double)output.Length, 0.01);
    }

    [Fact]
    public void Nothing_happens_in_inference()
    {
        foreach (Model model in new Model[] { new NoiseNet(1), new GaussianDropoutNet(1), new AlphaDropoutNet(1) })
        {
            Assert.All(TensorRows.Numbers(model.Forward(Ones(401))), y => Assert.Equal(1, y));
            Assert.All(TensorRows.Numbers(model.Predict(Ones(401))), y => Assert.Equal(1, y));
        }
    }

    [Fact]
    public void A_mask_drops_along_axes_of_size_one_together()
    {
        float[] output = TensorRows.Numbers(
            new SharedMaskNet(1).Forward(Tensor.Create([.. Enumerable.Repeat(1f, Rows * 400)], [Rows, 20, 20]), training: true));
        for (int sample = 0; sample < Rows; sample++)
            for (int column = 0; column < 20; column++)
                Assert.Single(Enumerable.Range(0, 20).Select(row => output[(sample * 400) + (row * 20) + column]).Distinct());
        Assert.Equal(0.3, output.Count(y => y == 0) / (double)output.Length, 0.05);
    }

    [Fact]
    public void A_rate_of_one_leaves_nothing_in_training_alone()
    {
        AllDroppedNet model = new(1);
        Assert.All(TensorRows.Numbers(model.Forward(Ones(20), training: true)), y => Assert.Equal(0, y));
        Assert.All(TensorRows.Numbers(model.Backward(Ones(20))), y => Assert.Equal(0, y));
        Assert.All(TensorRows.Numbers(model.Forward(Ones(20))), y => Assert.Equal(1, y));
    }

    [Theory]
    [InlineData(typeof(NoiseNet))]
    [InlineData(typeof(GaussianDropoutNet))]
    [InlineData(typeof(AlphaDropoutNet))]
    public void No_width_and_no_thread_changes_a_bit(Type network)
    {
        float[] first = Run(1, LaneWidths.Best);
        foreach (LaneWidth width in Enum.GetValues<LaneWidth>())
            foreach (int threads in new[] { 1, 2, 3 }) Assert.Equal(first, Run(threads, width));

        float[] Run(int threads, LaneWidth width)
        {
            Model model = network == typeof(NoiseNet) ? new NoiseNet(5) { Threads = threads, Width = width }
                : network == typeof(AlphaDropoutNet)
                    ? new AlphaDropoutNet(5) { Threads = threads, Width = width }
                    : new GaussianDropoutNet(5) { Threads = threads, Width = width };
            return TensorRows.Numbers(model.Forward(Ones(401), training: true));
        }
    }

    private static void HasMoments(Model model, double mean, double deviation)
    {
        float[] first = TensorRows.Numbers(model.Forward(Ones(401), training: true)),
            second = TensorRows.Numbers(model.Forward(Ones(401), training: true));
        Assert.Equal(mean, first.Average(), 0.02);
        Assert.Equal(deviation, Math.Sqrt(first.Average(y => (y - mean) * (y - mean))), 0.02);
        Assert.NotEqual(first, second);
    }

    private static Tensor<float> Ones(int features) => Tensor.Create([.. Enumerable.Repeat(1f, Rows * features)], [Rows, features]);
}
