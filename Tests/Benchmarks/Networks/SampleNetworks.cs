namespace CompiledNets.Benchmarks.Networks;

/// <summary>The networks of the samples, some of common sizes, and a graph.</summary>
internal static class SampleNetworks
{
    public static BenchmarkNetwork Ionosphere { get; } =
        BenchmarkNetwork.Chain("ionosphere", () => new IonosphereNet(1), [34, 10, 8, 1], Ending.Sigmoid);

    public static BenchmarkNetwork Iris { get; } =
        BenchmarkNetwork.Chain("iris", () => new IrisNet(1), [4, 10, 8, 3], Ending.Softmax);

    public static BenchmarkNetwork Boston { get; } =
        BenchmarkNetwork.Chain("boston", () => new HousingNet(1), [13, 10, 8, 1], Ending.Linear);

    public static BenchmarkNetwork Mlp { get; } =
        BenchmarkNetwork.Chain("mlp", () => new MlpNet(1), [784, 512, 512, 10], Ending.Softmax);

    public static BenchmarkNetwork WideMlp { get; } =
        BenchmarkNetwork.Chain("wide-mlp", () => new WideMlpNet(1), [1024, 2048, 2048, 10], Ending.Softmax);

    public static BenchmarkNetwork Deep { get; } =
        BenchmarkNetwork.Chain("deep", () => new DeepNet(1), [128, .. Enumerable.Repeat(128, 10), 10], Ending.Softmax);

    public static BenchmarkNetwork TwoBranch { get; } = new(
        "two-branch",
        () => new TwoBranchNet(1),
        [new("left", 64), new("right", 64)],
        [
            new DenseLayer("dense", "left", 64, 64),
            new DenseLayer("dense_1", "dense", 64, 64),
            new DenseLayer("dense_2", "dense_1", 64, 64),
            new DenseLayer("dense_3", "right", 64, 64),
            new DenseLayer("dense_4", "dense_3", 64, 64),
            new DenseLayer("dense_5", "dense_4", 64, 64),
            new ConcatenateLayer("joined", "dense_2", "dense_5"),
            new DenseLayer("dense_6", "joined", 128, 128),
            new DenseLayer("dense_7", "dense_6", 128, 128),
            new AddLayer("block", "dense_7", "joined"),
            new DenseLayer("dense_8", "block", 128, 1, HasRelu: false),
            new DenseLayer("dense_9", "block", 128, 1, HasRelu: false),
        ],
        [new("dense_8", 1, Ending.Linear), new("dense_9", 1, Ending.Sigmoid)]);

    /// <summary>A transformer's encoder: 64 tokens of 64, two blocks with 4 heads and a feed-forward network of 128, pooled.</summary>
    public static BenchmarkNetwork Transformer { get; } = new(
        "transformer",
        () => new TransformerNet(1),
        [new("input", 64 * 64)],
        [
            new RowsLayer("tokens", "input", 64, 64),
            .. EncoderBlock("encoder_block_net", "tokens"),
            .. EncoderBlock("encoder_block_net_1", "encoder_block_net/layer_normalization_1"),
            new MeanLayer("global_average_pooling1d", "encoder_block_net_1/layer_normalization_1"),
            new DenseLayer("dense", "global_average_pooling1d", 64, 10, HasRelu: false),
        ],
        [new("dense", 10, Ending.Softmax)]);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<BenchmarkNetwork> All { get; } = [Ionosphere, Iris, Boston, Mlp, WideMlp, Deep, TwoBranch, Transformer];

    private static NetworkLayer[] EncoderBlock(string name, string tokens) =>
    [
        new AttentionLayer($"{name}/multi_head_attention", tokens, 64, 64, 4),
        new AddLayer($"{name}/add", $"{name}/multi_head_attention", tokens),
        new NormalizationLayer($"{name}/layer_normalization", $"{name}/add", 64),
        new DenseLayer($"{name}/dense", $"{name}/layer_normalization", 64, 128, Rows: 64),
        new DenseLayer($"{name}/dense_1", $"{name}/dense", 128, 64, HasRelu: false, Rows: 64),
        new AddLayer($"{name}/add_1", $"{name}/dense_1", $"{name}/layer_normalization"),
        new NormalizationLayer($"{name}/layer_normalization_1", $"{name}/add_1", 64),
    ];
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

[Network]
[Input(128)]
[Dense(128, Activation.Relu)]
[Dense(128, Activation.Relu)]
[Dense(128, Activation.Relu)]
[Dense(128, Activation.Relu)]
[Dense(128, Activation.Relu)]
[Dense(128, Activation.Relu)]
[Dense(128, Activation.Relu)]
[Dense(128, Activation.Relu)]
[Dense(128, Activation.Relu)]
[Dense(128, Activation.Relu)]
[Dense(10, Activation.Softmax)]
internal sealed partial class DeepNet;

[Network]
internal sealed partial class TwoBranchNet
{
    [Input(64)]
    public partial Node Left { get; }

    [Input(64)]
    public partial Node Right { get; }

    [From(nameof(Left)), Dense(64, Activation.Relu), Dense(64, Activation.Relu), Dense(64, Activation.Relu)]
    public partial Node LeftBranch { get; }

    [From(nameof(Right)), Dense(64, Activation.Relu), Dense(64, Activation.Relu), Dense(64, Activation.Relu)]
    public partial Node RightBranch { get; }

    [Concatenate(nameof(LeftBranch), nameof(RightBranch))]
    public partial Node Joined { get; }

    [From(nameof(Joined)), Dense(128, Activation.Relu), Dense(128, Activation.Relu), Add(nameof(Joined))]
    public partial Node Block { get; }

    [From(nameof(Block)), Dense(1), Output]
    public partial Node Amount { get; }

    [From(nameof(Block)), Dense(1, Activation.Sigmoid), Output]
    public partial Node Chance { get; }
}

[Network]
internal sealed partial class EncoderBlockNet
{
    [Input(64, 64)]
    public partial Node Tokens { get; }

    [From(nameof(Tokens)), MultiHeadAttention(4, 16), Add(nameof(Tokens)), LayerNormalization]
    public partial Node Seen { get; }

    [From(nameof(Seen)), Dense(128, Activation.Relu), Dense(64), Add(nameof(Seen)), LayerNormalization, Output]
    public partial Node Told { get; }
}

[Network]
[Input(64, 64)]
[Apply<EncoderBlockNet>]
[Apply<EncoderBlockNet>]
[GlobalAveragePooling1D]
[Dense(10, Activation.Softmax)]
internal sealed partial class TransformerNet;
