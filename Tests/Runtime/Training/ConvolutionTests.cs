using System.Numerics.Tensors;
using CompiledNets.Data;
using CompiledNets.Numerics;

namespace CompiledNets.Tests.Training;

/// <summary>Convolutions and pooling in training: threads change no bit, and a single image is predicted as one of many.</summary>
public sealed class ConvolutionTests
{
    private const int Size = 10 * 10 * 3;

    [Theory]
    [InlineData(LaneWidth.Lanes128)]
    [InlineData(LaneWidth.Lanes256)]
    [InlineData(LaneWidth.Lanes512)]
    public void Threads_change_no_bit(LaneWidth width)
    {
        (History alone, ImageNet model) = Train(1, width);
        Assert.True(alone["loss"][^1] < alone["loss"][0]);
        foreach (int threads in new[] { 2, 3 })
        {
            (History history, ImageNet shared) = Train(threads, width);
            Assert.Equal(alone["loss"], history["loss"]);
            foreach ((ModelWeight expected, ModelWeight actual) in model.Weights.Zip(shared.Weights))
                Assert.Equal(expected.Values.ToArray(), actual.Values.ToArray());
        }
    }

    [Fact]
    public void A_single_image_is_predicted_as_one_of_many()
    {
        ImageNet model = Train(1, LaneWidths.Best).Model;
        Tensor<float> images = Examples.Classes(20, Size).Features, all = model.Predict(images, verbose: Verbose.Silent);
        float[] image = new float[Size];
        for (int i = 0; i < 20; i++)
        {
            for (int f = 0; f < Size; f++) image[f] = images[i, f];
            float[] one = model.Predict(image);
            for (int n = 0; n < one.Length; n++) Assert.Equal(all[i, n], one[n], 1e-5f);
        }
    }

    [Theory]
    [InlineData(LaneWidth.Lanes128)]
    [InlineData(LaneWidth.Lanes256)]
    [InlineData(LaneWidth.Lanes512)]
    public void Threads_that_share_the_channels_of_an_image_change_no_bit(LaneWidth width)
    {
        LargeImageNet model = new(4) { Threads = 1, Width = width };
        float[] images = TensorRows.Numbers(Examples.Features(3, 40 * 40 * 3)), image = images[..(40 * 40 * 3)];
        float[] alone = model.Predict(image), batch = new float[3 * alone.Length];
        model.Predict(images, batch);
        for (int n = 0; n < alone.Length; n++) Assert.Equal(batch[n], alone[n], 1e-5f);
        foreach (int threads in new[] { 2, 3, 5 })
        {
            model.Threads = threads;
            Assert.Equal(alone, model.Predict(image));
            float[] shared = new float[batch.Length];
            model.Predict(images, shared);
            Assert.Equal(batch, shared);
        }
    }

    private static (History History, ImageNet Model) Train(int threads, LaneWidth width)
    {
        ImageNet model = new(3) { Threads = threads, Width = width };
        model.Compile("adam", "sparse_categorical_crossentropy");
        return (model.Fit(Examples.Classes(150, Size), epochs: 3, batchSize: 70, verbose: Verbose.Silent), model);
    }
}

[Network]
[Input(10 * 10 * 3)]
[Reshape(10, 10, 3)]
[Conv2D(25, 3, Activation.Relu, Padding = Padding.Same)]
[MaxPooling2D(3, Strides = [1])]
[Conv2D(8, 3, Activation.Tanh, Strides = [2])]
[Conv2D(6, 2, Groups = 2)]
[AveragePooling2D(2, Strides = [1], Padding = Padding.Same)]
[Flatten]
[Dense(3, Activation.Softmax)]
internal sealed partial class ImageNet;

[Network]
[Input(40, 40, 3)]
[Conv2D(32, 3, Activation.Relu, Padding = Padding.Same)]
[DepthwiseConv2D(3, Activation.Relu, Padding = Padding.Same)]
[Conv2D(48, 1, Activation.Relu)]
[DepthwiseConv2D(3, Strides = [2], UseBias = false)]
[Conv2D(32, 3, Activation.Relu)]
[GlobalAveragePooling2D]
[Dense(3)]
internal sealed partial class LargeImageNet;
