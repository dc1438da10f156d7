using CompiledNets.Benchmarks.Networks;

namespace CompiledNets.Benchmarks.Peers;

/// <summary>Something that users wait for, and the peers that can do it too.</summary>
/// <param name="Work">What is done.</param>
/// <param name="Network">With which network.</param>
/// <param name="Batch">Samples at a time.</param>
/// <param name="Peers">The peers.</param>
internal sealed record PeerCase(Work Work, BenchmarkNetwork Network, int Batch, params IReadOnlyList<Side> Peers)
{
    private static readonly int[] BatchesOfTraining = [1, 2, 4, 8, 16, 32];

    /// <summary>All cases, in the order of the report.</summary>
    public static IReadOnlyList<PeerCase> All { get; } =
    [
        .. BatchesOfTraining.Select(batch => Train(SampleNetworks.Ionosphere, batch)),
        Train(SampleNetworks.Iris, 32),
        Train(SampleNetworks.Boston, 32),
        .. BatchesOfTraining.Append(128).Select(batch => Train(SampleNetworks.Mlp, batch)),
        Train(SampleNetworks.WideMlp, 256),
        Train(SampleNetworks.TwoBranch, 32),
        Train(SampleNetworks.TwoBranch, 256),
        Train(ImageNetworks.Cnn, 1),
        Train(ImageNetworks.Cnn, 4),
        Train(ImageNetworks.Cnn, 128),
        Train(ImageNetworks.Vgg, 32),
        Train(ImageNetworks.LeNet, 128),
        Train(SequenceNetworks.Lstm, 32),
        Train(SequenceNetworks.Gru, 64),
        Train(SampleNetworks.Transformer, 32),
        new(Work.Fit, SampleNetworks.Ionosphere, 32, Side.TorchSharp),
        Predict(SampleNetworks.Ionosphere, 32),
        Predict(SampleNetworks.Mlp, 32),
        Predict(SampleNetworks.Mlp, 128),
        Row(SampleNetworks.Ionosphere),
        Row(SampleNetworks.Iris),
        Row(SampleNetworks.Boston),
        Row(SampleNetworks.Mlp),
        Row(SampleNetworks.TwoBranch),
        Predict(ImageNetworks.Cnn, 128),
        Predict(ImageNetworks.Vgg, 32),
        Predict(SequenceNetworks.Lstm, 32),
        Predict(SequenceNetworks.Gru, 64),
        new(Work.Predict, KnownNetworks.ResNet50, 8, Side.OnnxRuntime),
        new(Work.Predict, KnownNetworks.MobileNetV2, 8, Side.OnnxRuntime),
        Row(ImageNetworks.Cnn),
        Row(ImageNetworks.Vgg),
        Row(KnownNetworks.ResNet50),
        Row(KnownNetworks.MobileNetV2),
        Row(SequenceNetworks.Lstm),
        Row(SequenceNetworks.Gru),
        new(Work.Stream, SequenceNetworks.LstmStep, 1, Side.OnnxRuntime),
    ];

    /// <summary>Those of a quick run: each kind of work once, and a graph.</summary>
    public static IReadOnlyList<PeerCase> Quick { get; } =
    [
        Train(SampleNetworks.Ionosphere, 32),
        Train(SampleNetworks.TwoBranch, 32),
        Train(ImageNetworks.Cnn, 4),
        new(Work.Fit, SampleNetworks.Ionosphere, 32, Side.TorchSharp),
        Predict(SampleNetworks.Mlp, 32),
        Predict(ImageNetworks.Cnn, 128),
        Row(SampleNetworks.TwoBranch),
    ];

    /// <summary>What one side does.</summary>
    public Assignment For(Side side, int threads) => new(side, Work, Network, Batch, threads);

    private static PeerCase Train(BenchmarkNetwork network, int batch) => new(Work.Train, network, batch, Side.TorchSharp);

    private static PeerCase Predict(BenchmarkNetwork network, int batch) =>
        new(Work.Predict, network, batch, Side.TorchSharp, Side.OnnxRuntime);

    private static PeerCase Row(BenchmarkNetwork network) => new(Work.Predict, network, 1, Side.OnnxRuntime);
}
