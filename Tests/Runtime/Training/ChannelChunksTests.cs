using System.Numerics.Tensors;
using CompiledNets.Data;
using CompiledNets.Numerics;

namespace CompiledNets.Tests.Training;

/// <summary>
/// Kernels of 3x3 whose gradients are made for all taps of a channel at once: threads share channels, and what belongs to a weight lies in
/// nine places and that of the bias.
/// </summary>
public sealed class ChannelChunksTests
{
    private const int Size = 7 * 6 * 32;

    [Theory]
    [InlineData(LaneWidth.Lanes128)]
    [InlineData(LaneWidth.Lanes256)]
    [InlineData(LaneWidth.Lanes512)]
    public void Threads_change_no_bit(LaneWidth width)
    {
        (double[] alone, float[] weights) = Train(1, width);
        Assert.True(alone[^1] < alone[0]);
        foreach (int threads in new[] { 2, 3, 5 })
        {
            (double[] losses, float[] shared) = Train(threads, width);
            Assert.Equal(alone, losses);
            Assert.Equal(weights, shared);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Steps_move_each_weight_by_its_own_gradient_and_penalty(int threads)
    {
        Dataset data = Examples.Classes(40, Size);
        ChannelsNet model = new(2) { Threads = threads }, twin = new(2) { Threads = threads };
        model.Compile(new SGD(0.5), "sparse_categorical_crossentropy");
        float[][] before = [.. model.Weights.Select(weight => weight.Values.ToArray())];
        // What the penalty adds is known: 2 * 0.01 w for the kernel of the first convolution.
        model.TrainOnBatch(data.Features, data.Targets);
        Tensor<float> said = twin.Forward(data.Features);
        twin.Backward(new SparseCategoricalCrossentropy().Gradient(data.Targets, said));
        for (int w = 0; w < before.Length; w++)
        {
            float penalty = w == 0 ? 0.02f : 0;
            ReadOnlySpan<float> gradient = twin.Weights[w].Gradient, after = model.Weights[w].Values;
            for (int i = 0; i < gradient.Length; i++)
                Assert.Equal(before[w][i] - (0.5f * (gradient[i] + (penalty * before[w][i]))), after[i], 1e-5f);
        }
    }

    private static (double[] Losses, float[] Weights) Train(int threads, LaneWidth width)
    {
        ChannelsNet model = new(3) { Threads = threads, Width = width };
        model.Compile(new AdamW(0.003), "sparse_categorical_crossentropy");
        History history = model.Fit(Examples.Classes(90, Size), epochs: 2, batchSize: 40, verbose: Verbose.Silent);
        return ([.. history["loss"]], [.. model.Weights.SelectMany(weight => weight.Values.ToArray())]);
    }
}

[Network]
[Input(7 * 6 * 32), Reshape(7, 6, 32)]
[Conv2D(48, 3, Activation.Relu, Padding = Padding.Same, KernelL2 = 0.01)]
[Conv2D(32, 3)]
[Flatten, Dense(3, Activation.Softmax)]
internal sealed partial class ChannelsNet;
