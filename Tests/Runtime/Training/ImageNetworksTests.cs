using System.Numerics.Tensors;
using CompiledNets.Data;

namespace CompiledNets.Tests.Training;

/// <summary>Networks for images as people build them: they learn, and threads change no bit.</summary>
public sealed class ImageNetworksTests
{
    [Fact]
    public void LeNet5() => Learns(seed => new LeNet5(seed), Examples.Classes(96, 28 * 28), epochs: 4);

    [Fact]
    public void Four_blocks_with_normalization_pooling_and_dropout() =>
        Learns(seed => new FourBlocks(seed), Examples.Classes(48, 32 * 32 * 3), epochs: 4);

    [Fact]
    public void Many_filters_in_the_first_layer() => Learns(seed => new ManyFilters(seed), Examples.Classes(48, 12 * 12), epochs: 3);

    [Fact]
    public void An_autoencoder_of_transposed_convolutions()
    {
        Tensor<float> images = Examples.Features(60, 12 * 12);
        Learns(seed => new ImageAutoencoder(seed), new(images, images), epochs: 5, loss: "mse");
    }

    [Fact]
    public void Depthwise_and_separable_blocks() => Learns(seed => new SmallMobile(seed), Examples.Classes(60, 12 * 12 * 3), epochs: 4);

    [Fact]
    public void A_vector_that_becomes_an_image_is_convolved_with_another()
    {
        float[] losses = Train(1);
        Assert.True(losses[^1] < losses[0]);
        Assert.Equal(losses, Train(3));

        static float[] Train(int threads)
        {
            DigitInContext model = new(3) { Threads = threads };
            model.Compile("adam", "sparse_categorical_crossentropy");
            Dataset images = Examples.Classes(60, 10 * 10);
            History history = model.Fit(images.Features, Examples.Features(60, 10, seed: 9), images.Targets,
                epochs: 4, batchSize: 20, verbose: Verbose.Silent);
            return [.. history["loss"].Select(loss => (float)loss)];
        }
    }

    private static void Learns(Func<int, Model> create, Dataset data, int epochs, string loss = "sparse_categorical_crossentropy")
    {
        (History alone, Model model) = Train(1);
        Assert.True(alone["loss"][^1] < alone["loss"][0]);
        (History history, Model shared) = Train(3);
        Assert.Equal(alone["loss"], history["loss"]);
        foreach ((ModelWeight expected, ModelWeight actual) in model.Weights.Zip(shared.Weights))
            Assert.Equal(expected.Values.ToArray(), actual.Values.ToArray());

        (History, Model) Train(int threads)
        {
            Model trained = create(3);
            trained.Threads = threads;
            trained.Compile("adam", loss);
            return (trained.Fit(data, epochs: epochs, batchSize: 20, verbose: Verbose.Silent), trained);
        }
    }
}

[Network]
[Input(28 * 28), Reshape(28, 28, 1)]
[Conv2D(6, 5, Activation.Tanh, Padding = Padding.Same)]
[AveragePooling2D(2)]
[Conv2D(16, 5, Activation.Tanh)]
[AveragePooling2D(2)]
[Flatten]
[Dense(120, Activation.Tanh)]
[Dense(84, Activation.Tanh)]
[Dense(10, Activation.Softmax)]
internal sealed partial class LeNet5;

[Network]
[Input(32 * 32 * 3), Reshape(32, 32, 3)]
[Conv2D(16, 3, Activation.Relu, Padding = Padding.Same), BatchNormalization, MaxPooling2D, Dropout(0.25)]
[Conv2D(32, 3, Activation.Relu, Padding = Padding.Same), BatchNormalization, MaxPooling2D, Dropout(0.25)]
[Conv2D(64, 3, Activation.Relu, Padding = Padding.Same), BatchNormalization, MaxPooling2D, Dropout(0.25)]
[Conv2D(128, 3, Activation.Relu, Padding = Padding.Same), BatchNormalization, MaxPooling2D, Dropout(0.25)]
[Flatten]
[Dense(128, Activation.Relu)]
[Dense(3, Activation.Softmax)]
internal sealed partial class FourBlocks;

[Network]
[Input(12 * 12), Reshape(12, 12, 1)]
[Conv2D(784, 3, Activation.Relu)]
[MaxPooling2D]
[Flatten]
[Dense(3, Activation.Softmax)]
internal sealed partial class ManyFilters;

[Network]
[Input(12 * 12), Reshape(12, 12, 1)]
[Conv2D(8, 3, Activation.Relu, Strides = [2], Padding = Padding.Same)]
[Conv2D(16, 3, Activation.Relu, Strides = [2], Padding = Padding.Same)]
[Conv2DTranspose(8, 3, Activation.Relu, Strides = [2], Padding = Padding.Same)]
[Conv2DTranspose(1, 3, Strides = [2], Padding = Padding.Same)]
[Flatten]
internal sealed partial class ImageAutoencoder;

[Network]
[Input(12 * 12 * 3), Reshape(12, 12, 3)]
[Conv2D(8, 3, Strides = [2], Padding = Padding.Same, UseBias = false), BatchNormalization, ReLU(6)]
[DepthwiseConv2D(3, Padding = Padding.Same, UseBias = false), BatchNormalization, ReLU(6)]
[SeparableConv2D(20, 3, Activation.Relu, Strides = [2], Padding = Padding.Same)]
[GlobalAveragePooling2D]
[Dense(3, Activation.Softmax)]
internal sealed partial class SmallMobile;

/// <summary>An image and a vector, which dense layers make an image of: channels of one image, that are convolved together.</summary>
[Network]
internal sealed partial class DigitInContext
{
    [Input(10 * 10)]
    public partial Node Pixels { get; }

    [Input(10)]
    public partial Node Context { get; }

    [From(nameof(Pixels)), Reshape(10, 10, 1)]
    public partial Node Image { get; }

    [From(nameof(Context)), Dense(20, Activation.Relu), Dense(10 * 10), Reshape(10, 10, 1)]
    public partial Node Seen { get; }

    [Concatenate(nameof(Image), nameof(Seen)), Conv2D(8, 3, Activation.Relu), MaxPooling2D, Flatten, Dense(3, Activation.Softmax), Output]
    public partial Node Digit { get; }
}
