using System.Numerics.Tensors;
using CompiledNets.Execution;
using CompiledNets.Numerics;

namespace CompiledNets.Tests.Training;

/// <summary>Images whose blocks would leave every cache: a batch of them is predicted one by one.</summary>
public sealed class LargeImagesTests
{
    private const int Size = 112 * 112 * 3;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    public void A_batch_has_the_bits_of_its_images(int threads)
    {
        OneByOneNet model = new(seed: 2) { Threads = threads };
        float[] images = TensorRows.Numbers(Examples.Features(5, Size)), outputs = new float[5 * 3];
        for (int round = 0; round < 2; round++)
        {
            model.Predict(images, outputs);
            for (int i = 0; i < 5; i++)
                Assert.Equal(model.Predict(images.AsSpan(i * Size, Size)), outputs.AsSpan(i * 3, 3).ToArray());
            foreach (ModelWeight weight in model.Weights) weight.Assign([.. weight.Values.ToArray().Select(value => value + 0.01f)]);
        }

        // The last batch is one of a single image.
        model.Predict(images, outputs);
        Assert.Equal(outputs, TensorRows.Numbers(model.Predict(Tensor.Create(images, [5, 112, 112, 3]), batchSize: 2)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void So_has_one_of_several_inputs_and_outputs(int threads)
    {
        OneByOnePortsNet model = new(seed: 2) { Threads = threads };
        float[] images = TensorRows.Numbers(Examples.Features(3, Size)), figures = TensorRows.Numbers(Examples.Features(3, 4));
        float[] kinds = new float[3 * 3], amounts = new float[3], kind = new float[3], amount = new float[1];
        model.Predict([images, figures], [kinds, amounts]);
        for (int i = 0; i < 3; i++)
        {
            model.Predict([images.AsMemory(i * Size, Size), figures.AsMemory(i * 4, 4)], [kind, amount]);
            Assert.Equal(kind, kinds.AsSpan(i * 3, 3).ToArray());
            Assert.Equal(amount[0], amounts[i]);
        }
    }

    [Fact]
    public void Which_networks_those_are_their_programs_say()
    {
        Assert.True(new OneByOneNet().Program.PredictsSingly);
        Assert.True(new OneByOnePortsNet().Program.PredictsSingly);
        Assert.False(new SmallerImageNet().Program.PredictsSingly);
    }
}

[Network, Input(112, 112, 3), Conv2D(64, 3, Activation.Relu, Padding = Padding.Same), MaxPooling2D(4), Conv2D(32, 1)]
[GlobalAveragePooling2D, Dense(3)]
internal sealed partial class OneByOneNet
{
    public NetworkProgram Program => CreateProgram(LaneWidth.Lanes128);
}

[Network, Input(56, 56, 3), Conv2D(64, 3, Activation.Relu, Padding = Padding.Same), MaxPooling2D(4), Conv2D(32, 1)]
[GlobalAveragePooling2D, Dense(3)]
internal sealed partial class SmallerImageNet
{
    public NetworkProgram Program => CreateProgram(LaneWidth.Lanes128);
}

[Network]
internal sealed partial class OneByOnePortsNet
{
    [Input(112, 112, 3)]
    public partial Node Picture { get; }

    [Input(4)]
    public partial Node Figures { get; }

    [From(nameof(Picture)), Conv2D(64, 3, Activation.Relu, Padding = Padding.Same), GlobalAveragePooling2D]
    public partial Node Seen { get; }

    [From(nameof(Seen)), Dense(3, Activation.Softmax), Output]
    public partial Node Kind { get; }

    [Concatenate(nameof(Seen), nameof(Figures)), Dense(1), Output]
    public partial Node Amount { get; }

    public NetworkProgram Program => CreateProgram(LaneWidth.Lanes128);
}
