using CompiledNets.Data;
using CompiledNets.Numerics;

namespace CompiledNets.Tests.Training;

/// <summary>Single images read a copy of kernels with normalizations in it: whatever changes a weight, they see it.</summary>
public sealed class PackedWeightsTests
{
    private const int Size = 270;

    [Fact]
    public void Weights_that_are_assigned()
    {
        PackedNet model = new(seed: 3);
        AssertSeen(model);
        foreach (ModelWeight weight in model.Weights)
        {
            weight.Assign([.. weight.Values.ToArray().Select(value => (value * 0.8f) + 0.1f)]);
            AssertSeen(model);
        }

        model.CopyWeightsFrom(new PackedNet(seed: 9));
        AssertSeen(model);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Weights_that_train(int threads)
    {
        PackedNet model = new(seed: 3) { Threads = threads };
        AssertSeen(model);
        model.Compile("adam", "sparse_categorical_crossentropy");
        for (int step = 0; step < 3; step++)
        {
            Train(model);
            AssertSeen(model);
        }
    }

    [Fact]
    public void Averages_that_move_where_nothing_else_does()
    {
        PackedNet model = new(seed: 3);
        model.Compile(new SGD(0), "sparse_categorical_crossentropy");
        AssertSeen(model);
        Train(model);
        AssertSeen(model);
    }

    [Theory]
    [InlineData(LaneWidth.Lanes128)]
    [InlineData(LaneWidth.Lanes256)]
    [InlineData(LaneWidth.Lanes512)]
    public void Threads_change_no_bit(LaneWidth width)
    {
        PackedImageNet model = new(4) { Threads = 1, Width = width };
        float[] image = TensorRows.Numbers(Examples.Features(1, 40 * 30 * 3)), alone = model.Predict(image);
        foreach (int threads in new[] { 2, 3, 5, 40 })
        {
            model.Threads = threads;
            Assert.Equal(alone, model.Predict(image));
        }
    }

    [Fact]
    public void Threads_that_predict_at_once_wait_for_the_copy()
    {
        float[] image = TensorRows.Numbers(Examples.Features(1, Size)), expected = new PackedNet(seed: 5).Predict(image);
        for (int round = 0; round < 20; round++)
        {
            PackedNet model = new(seed: 5);
            float[][] outputs = new float[8][];
            using Barrier start = new(outputs.Length);
            Thread[] threads = [.. Enumerable.Range(0, outputs.Length).Select(i => new Thread(() =>
            {
                start.SignalAndWait();
                outputs[i] = model.Predict(image);
            }))];
            foreach (Thread thread in threads) thread.Start();
            foreach (Thread thread in threads) thread.Join();
            Assert.All(outputs, output => Assert.Equal(expected, output));
        }
    }

    private static void Train(PackedNet model)
    {
        Dataset data = Examples.Classes(32, Size);
        model.TrainOnBatch(data.Features, data.Targets);
    }

    // A batch reads the weights as they are.
    private static void AssertSeen(Model model)
    {
        float[] images = TensorRows.Numbers(Examples.Features(8, Size)), batch = new float[8 * 3];
        model.Predict(images, batch);
        for (int i = 0; i < 8; i++)
        {
            float[] one = model.Predict(images.AsSpan(i * Size, Size));
            for (int n = 0; n < one.Length; n++) Assert.Equal(batch[(i * 3) + n], one[n], 2e-5f);
        }
    }
}

[Network, Input(270), Reshape(9, 10, 3), Conv2D(32, 3, Padding = Padding.Same), BatchNormalization(Momentum = 0.5), ReLU]
[Conv2D(32, 3, Padding = Padding.Same), BatchNormalization(Momentum = 0.5), ReLU(6)]
[DepthwiseConv2D(3), BatchNormalization(Momentum = 0.5), GlobalAveragePooling2D, Dense(3, Activation.Softmax)]
internal sealed partial class PackedNet;

[Network, Input(40, 30, 3), Conv2D(32, 3, Strides = [2]), BatchNormalization, ReLU]
[Conv2D(64, 3, Padding = Padding.Same), BatchNormalization, ReLU, DepthwiseConv2D(3), BatchNormalization, Conv2D(24, 1), Flatten, Dense(3)]
internal sealed partial class PackedImageNet;
