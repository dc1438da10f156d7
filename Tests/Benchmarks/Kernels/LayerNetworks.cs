namespace CompiledNets.Benchmarks.Kernels;

/// <summary>A layer alone, as its kernels are measured.</summary>
/// <param name="Name">Where it is from.</param>
/// <param name="Create">Makes the network that has nothing but the layer.</param>
/// <param name="Inputs">Its inputs.</param>
/// <param name="Units">Its outputs.</param>
/// <param name="Batch">Samples.</param>
internal sealed record LayerNetwork(string Name, Func<Model> Create, int Inputs, int Units, int Batch)
{
    /// <summary>
    /// Floating-point operations of a pass over the batch; it is the same for the outputs, the gradient of the inputs and that of the
    /// weights.
    /// </summary>
    public double Operations => 2.0 * Inputs * Units * Batch;

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
    ];

    /// <summary>Whether a quick run has it.</summary>
    public bool IsQuick => Name == "dense" && Inputs == 512 && (Batch is 32 or 128);
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
