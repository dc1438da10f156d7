namespace CompiledNets.Benchmarks.Kernels;

/// <summary>A layer alone, as its kernels are measured.</summary>
/// <param name="Name">Where it is from.</param>
/// <param name="Create">Makes the network that has nothing but the layer.</param>
/// <param name="Shape">What it makes of what, and of how many samples.</param>
/// <param name="Products">
/// Multiply-adds of a pass over a sample, those with zeros beyond a border left out; they are the same for the outputs, the gradient of the
/// inputs and that of the weights.
/// </param>
/// <param name="Batch">Samples.</param>
internal sealed record LayerNetwork(string Name, Func<Model> Create, string Shape, double Products, int Batch)
{
    private LayerNetwork(string name, Func<Model> create, int inputs, int units, int batch)
        : this(name, create, $"{batch}x{inputs}x{units}", (double)inputs * units, batch)
    {
    }

    /// <summary>Floating-point operations of a pass over the batch.</summary>
    public double Operations => 2 * Products * Batch;

    private static readonly int[] Batches = [32, 64, 128, 256];

    /// <summary>All of them, in the order of the report.</summary>
    public static IReadOnlyList<LayerNetwork> All { get; } =
    [
        new("dense", () => new Layer784By100(), 784, 100, 128),
        .. Batches.Select(batch => new LayerNetwork("dense", () => new Layer784By512(), 784, 512, batch)),
        .. Batches.Select(batch => new LayerNetwork("dense", () => new Layer512By512(), 512, 512, batch)),
        .. Batches.Select(batch => new LayerNetwork("dense", () => new Layer5408By100(), 5408, 100, batch)),
        new("dense", () => new Layer1024By2048(), 1024, 2048, 256),
        new("dense", () => new Layer2048By2048(), 2048, 2048, 256),
        new("ionosphere/1", () => new Layer34By10Relu(), 34, 10, 32),
        new("ionosphere/2", () => new Layer10By8Relu(), 10, 8, 32),
        new("ionosphere/3", () => new Layer8By1Sigmoid(), 8, 1, 32),
        new("mlp/1", () => new Layer784By512Relu(), 784, 512, 128),
        new("mlp/2", () => new Layer512By512Relu(), 512, 512, 128),
        new("mlp/3", () => new Layer512By10Softmax(), 512, 10, 128),
        new("wide-mlp/1", () => new Layer1024By2048Relu(), 1024, 2048, 256),
        new("wide-mlp/2", () => new Layer2048By2048Relu(), 2048, 2048, 256),
        new("wide-mlp/3", () => new Layer2048By10Softmax(), 2048, 10, 256),
        Convolution(() => new Convolution1To32(), 28, 1, 32, kernel: 3, isSame: false, batch: 128),
        Convolution(() => new Convolution3To64(), 32, 3, 64, kernel: 3),
        Convolution(() => new Convolution64To64(), 32, 64, 64, kernel: 3),
        Convolution(() => new Convolution64To64By2(), 32, 64, 64, kernel: 3, stride: 2),
        Convolution(() => new Convolution64To64Of1(), 32, 64, 64, kernel: 1),
        Convolution(() => new Convolution64To64Of1By2(), 32, 64, 64, kernel: 1, stride: 2),
        Convolution(() => new Convolution128To128(), 16, 128, 128, kernel: 3),
        Convolution(() => new Convolution128To128By2(), 16, 128, 128, kernel: 3, stride: 2),
        Convolution(() => new Convolution128To128Of1(), 16, 128, 128, kernel: 1),
    ];

    /// <summary>Whether a quick run has it.</summary>
    public bool IsQuick => Shape is "32x512x512" or "128x512x512";

    private static LayerNetwork Convolution(
        Func<Model> create, int size, int channels, int filters, int kernel, int stride = 1, bool isSame = true, int batch = 32)
    {
        // Along an axis, products at all positions; Keras pads less before than after.
        int positions = isSame ? (size + stride - 1) / stride : size - kernel + 1;
        int before = isSame ? Math.Max(0, ((positions - 1) * stride) + kernel - size) / 2 : 0;
        double products = Enumerable.Range(0, positions).Sum(position => Enumerable.Range((position * stride) - before, kernel)
            .Count(place => place >= 0 && place < size));
        string steps = stride > 1 ? $"/{stride}" : "";
        return new(
            "convolution", create, $"{batch}x{size}x{size}, {channels} to {filters}, {kernel}x{kernel}{steps}",
            products * products * channels * filters, batch);
    }
}

[Network, Input(784), Dense(512)]
internal sealed partial class Layer784By512;

[Network, Input(1024), Dense(2048)]
internal sealed partial class Layer1024By2048;

[Network, Input(2048), Dense(2048)]
internal sealed partial class Layer2048By2048;

[Network, Input(784), Dense(100)]
internal sealed partial class Layer784By100;

[Network, Input(5408), Dense(100)]
internal sealed partial class Layer5408By100;

[Network, Input(512), Dense(512)]
internal sealed partial class Layer512By512;

[Network, Input(34), Dense(10, Activation.Relu)]
internal sealed partial class Layer34By10Relu;

[Network, Input(10), Dense(8, Activation.Relu)]
internal sealed partial class Layer10By8Relu;

[Network, Input(8), Dense(1, Activation.Sigmoid)]
internal sealed partial class Layer8By1Sigmoid;

[Network, Input(784), Dense(512, Activation.Relu)]
internal sealed partial class Layer784By512Relu;

[Network, Input(512), Dense(512, Activation.Relu)]
internal sealed partial class Layer512By512Relu;

[Network, Input(512), Dense(10, Activation.Softmax)]
internal sealed partial class Layer512By10Softmax;

[Network, Input(1024), Dense(2048, Activation.Relu)]
internal sealed partial class Layer1024By2048Relu;

[Network, Input(2048), Dense(2048, Activation.Relu)]
internal sealed partial class Layer2048By2048Relu;

[Network, Input(2048), Dense(10, Activation.Softmax)]
internal sealed partial class Layer2048By10Softmax;

[Network, Input(28, 28, 1), Conv2D(32, 3)]
internal sealed partial class Convolution1To32;

[Network, Input(32, 32, 3), Conv2D(64, 3, Padding = Padding.Same)]
internal sealed partial class Convolution3To64;

[Network, Input(32, 32, 64), Conv2D(64, 3, Padding = Padding.Same)]
internal sealed partial class Convolution64To64;

[Network, Input(32, 32, 64), Conv2D(64, 3, Strides = [2], Padding = Padding.Same)]
internal sealed partial class Convolution64To64By2;

[Network, Input(32, 32, 64), Conv2D(64, 1)]
internal sealed partial class Convolution64To64Of1;

[Network, Input(32, 32, 64), Conv2D(64, 1, Strides = [2], Padding = Padding.Same)]
internal sealed partial class Convolution64To64Of1By2;

[Network, Input(16, 16, 128), Conv2D(128, 3, Padding = Padding.Same)]
internal sealed partial class Convolution128To128;

[Network, Input(16, 16, 128), Conv2D(128, 3, Strides = [2], Padding = Padding.Same)]
internal sealed partial class Convolution128To128By2;

[Network, Input(16, 16, 128), Conv2D(128, 1)]
internal sealed partial class Convolution128To128Of1;
