namespace CompiledNets.Benchmarks.Networks;

/// <summary>The networks of the samples, and two of common sizes.</summary>
internal static class SampleNetworks
{
    public static BenchmarkNetwork Ionosphere { get; } = new(() => new IonosphereNet(1), [34, 10, 8, 1], Ending.Sigmoid);

    public static BenchmarkNetwork Iris { get; } = new(() => new IrisNet(1), [4, 10, 8, 3], Ending.Softmax);

    public static BenchmarkNetwork Boston { get; } = new(() => new HousingNet(1), [13, 10, 8, 1], Ending.Linear);

    public static BenchmarkNetwork Mlp { get; } = new(() => new MlpNet(1), [784, 512, 512, 10], Ending.Softmax);

    public static BenchmarkNetwork WideMlp { get; } = new(() => new WideMlpNet(1), [1024, 2048, 2048, 10], Ending.Softmax);
}

[Network]
[Input(34)]
[Dense(10, Activation.Relu, KernelInitializer = Initializer.HeNormal)]
[Dense(8, Activation.Relu, KernelInitializer = Initializer.HeNormal)]
[Dense(1, Activation.Sigmoid)]
internal sealed partial class IonosphereNet;

[Network]
[Input(4)]
[Dense(10, Activation.Relu, KernelInitializer = Initializer.HeNormal)]
[Dense(8, Activation.Relu, KernelInitializer = Initializer.HeNormal)]
[Dense(3, Activation.Softmax)]
internal sealed partial class IrisNet;

[Network]
[Input(13)]
[Dense(10, Activation.Relu, KernelInitializer = Initializer.HeNormal)]
[Dense(8, Activation.Relu, KernelInitializer = Initializer.HeNormal)]
[Dense(1)]
internal sealed partial class HousingNet;

[Network]
[Input(784)]
[Dense(512, Activation.Relu)]
[Dense(512, Activation.Relu)]
[Dense(10, Activation.Softmax)]
internal sealed partial class MlpNet;

[Network]
[Input(1024)]
[Dense(2048, Activation.Relu)]
[Dense(2048, Activation.Relu)]
[Dense(10, Activation.Softmax)]
internal sealed partial class WideMlpNet;
