namespace CompiledNets.Benchmarks.Networks;

/// <summary>Networks of convolutions.</summary>
internal static class ImageNetworks
{
    /// <summary>The first network for digits of many tutorials.</summary>
    public static BenchmarkNetwork Cnn { get; } = new(
        "cnn",
        () => new CnnNet(1),
        [new("input", 28 * 28)],
        [
            new ImageLayer("reshape", "input", new(28, 28, 1)),
            new ConvLayer("conv2d", "reshape", new(28, 28, 1), 32, 3, IsSame: false),
            new PoolLayer("max_pooling2d", "conv2d"),
            new FlattenLayer("flatten", "max_pooling2d"),
            new DenseLayer("dense", "flatten", 13 * 13 * 32, 100) { Flattened = new(13, 13, 32) },
            new DenseLayer("dense_1", "dense", 100, 10, HasRelu: false),
        ],
        [new("dense_1", 10, Ending.Softmax)]);

    /// <summary>Two blocks of two convolutions, as VGG begins, for small images in colours.</summary>
    public static BenchmarkNetwork Vgg { get; } = new(
        "vgg-like",
        () => new VggLikeNet(1),
        [new("input", 32 * 32 * 3)],
        [
            new ImageLayer("reshape", "input", new(32, 32, 3)),
            new ConvLayer("conv2d", "reshape", new(32, 32, 3), 64, 3, IsSame: true),
            new ConvLayer("conv2d_1", "conv2d", new(32, 32, 64), 64, 3, IsSame: true),
            new PoolLayer("max_pooling2d", "conv2d_1"),
            new ConvLayer("conv2d_2", "max_pooling2d", new(16, 16, 64), 128, 3, IsSame: true),
            new ConvLayer("conv2d_3", "conv2d_2", new(16, 16, 128), 128, 3, IsSame: true),
            new PoolLayer("max_pooling2d_1", "conv2d_3"),
            new FlattenLayer("flatten", "max_pooling2d_1"),
            new DenseLayer("dense", "flatten", 8 * 8 * 128, 256) { Flattened = new(8, 8, 128) },
            new DenseLayer("dense_1", "dense", 256, 10, HasRelu: false),
        ],
        [new("dense_1", 10, Ending.Softmax)]);

    /// <summary>LeNet-5 with ReLU and the largest of places, as it is measured elsewhere.</summary>
    public static BenchmarkNetwork LeNet { get; } = new(
        "lenet-5",
        () => new LeNetNet(1),
        [new("input", 28 * 28)],
        [
            new ImageLayer("reshape", "input", new(28, 28, 1)),
            new ConvLayer("conv2d", "reshape", new(28, 28, 1), 6, 5, IsSame: true),
            new PoolLayer("max_pooling2d", "conv2d"),
            new ConvLayer("conv2d_1", "max_pooling2d", new(14, 14, 6), 16, 5, IsSame: false),
            new PoolLayer("max_pooling2d_1", "conv2d_1"),
            new FlattenLayer("flatten", "max_pooling2d_1"),
            new DenseLayer("dense", "flatten", 5 * 5 * 16, 120) { Flattened = new(5, 5, 16) },
            new DenseLayer("dense_1", "dense", 120, 84),
            new DenseLayer("dense_2", "dense_1", 84, 10, HasRelu: false),
        ],
        [new("dense_2", 10, Ending.Softmax)]);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<BenchmarkNetwork> All { get; } = [Cnn, Vgg, LeNet];
}

[Network]
[Input(28 * 28), Reshape(28, 28, 1)]
[Conv2D(32, 3, Activation.Relu, KernelInitializer = Initializer.HeUniform)]
[MaxPooling2D]
[Flatten]
[Dense(100, Activation.Relu, KernelInitializer = Initializer.HeUniform)]
[Dense(10, Activation.Softmax)]
internal sealed partial class CnnNet;

[Network]
[Input(28 * 28), Reshape(28, 28, 1)]
[Conv2D(6, 5, Activation.Relu, Padding = Padding.Same), MaxPooling2D]
[Conv2D(16, 5, Activation.Relu), MaxPooling2D]
[Flatten]
[Dense(120, Activation.Relu)]
[Dense(84, Activation.Relu)]
[Dense(10, Activation.Softmax)]
internal sealed partial class LeNetNet;

[Network]
[Input(32 * 32 * 3), Reshape(32, 32, 3)]
[Conv2D(64, 3, Activation.Relu, Padding = Padding.Same)]
[Conv2D(64, 3, Activation.Relu, Padding = Padding.Same)]
[MaxPooling2D]
[Conv2D(128, 3, Activation.Relu, Padding = Padding.Same)]
[Conv2D(128, 3, Activation.Relu, Padding = Padding.Same)]
[MaxPooling2D]
[Flatten]
[Dense(256, Activation.Relu)]
[Dense(10, Activation.Softmax)]
internal sealed partial class VggLikeNet;
