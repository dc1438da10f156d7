using CompiledNets.Execution;
using CompiledNets.Harness.Goldens;

namespace CompiledNets.Tests.Summary;

/// <summary>The multilayer perceptron that Keras's texts and pictures show.</summary>
[Network]
[Input(34)]
[Dense(10, Activation.Relu, KernelInitializer = Initializer.HeNormal)]
[Dense(8, Activation.Relu, KernelInitializer = Initializer.HeNormal)]
[Dense(1, Activation.Sigmoid)]
internal sealed partial class MlpNet;

[Network]
internal sealed partial class ChainOfNodes
{
    [Input(4)] public partial Node X { get; }

    [From(nameof(X)), Dense(8, Activation.Relu, Name = "dense_1"), Dense(1, Name = "dense"), Output] public partial Node Y { get; }
}

[Network, Input(16), Dense(8, Activation.Relu, Name = "squeeze"), Dense(4, Name = "code")]
internal sealed partial class PairEncoder;

[Network]
internal sealed partial class PairNet
{
    [Input(16)] public partial Node Left { get; }

    [Input(16)] public partial Node Right { get; }

    [From(nameof(Left)), Apply<PairEncoder>(Name = "encoder")] public partial Node LeftCode { get; }

    [From(nameof(Right)), Shared(nameof(LeftCode))] public partial Node RightCode { get; }

    [Subtract(nameof(LeftCode), nameof(RightCode), Name = "distance"), Dense(1, Name = "same"), Output] public partial Node Same { get; }
}

[Network]
internal sealed partial class DigitInContext
{
    [Input(28, 28, 1)] public partial Node Image { get; }

    [Input(8)] public partial Node Context { get; }

    [From(nameof(Context)), Dense(784), Reshape(28, 28, 1, Name = "plane")] public partial Node Plane { get; }

    [Concatenate(nameof(Image), nameof(Plane)), Conv2D(16, 3, Activation = Activation.Relu)] public partial Node Both { get; }

    [From(nameof(Both)), Conv2D(16, 3, Padding = Padding.Same)] public partial Node Deep { get; }

    [Add(nameof(Both), nameof(Deep)), Flatten(Name = "seen")] public partial Node Seen { get; }

    [From(nameof(Seen)), Dense(10, Activation.Softmax, Name = "digit"), Output] public partial Node Digit { get; }

    [From(nameof(Seen)), Dense(1, Activation.Sigmoid, Name = "is_odd"), Output] public partial Node IsOdd { get; }
}

/// <summary>A network of which only the description is there.</summary>
internal sealed class DescribedNet(NetworkDescription description) : Model(description, seed: 1);

/// <summary>Networks whose layers' numbers are all that their texts and pictures need.</summary>
internal static class DescribedNetworks
{
    /// <summary>Keras's example of a convolutional network.</summary>
    public static DescribedNet Cnn(params int[] frozen)
    {
        (string Name, string Type, int[] Shape, int Parameters)[] layers =
        [
            ("conv2d", "Conv2D", [26, 26, 32], 320),
            ("batch_normalization", "BatchNormalization", [26, 26, 32], 128),
            ("max_pooling2d", "MaxPooling2D", [13, 13, 32], 0),
            ("conv2d_1", "Conv2D", [11, 11, 64], 18496),
            ("max_pooling2d_1", "MaxPooling2D", [5, 5, 64], 0),
            ("flatten", "Flatten", [1600], 0),
            ("dropout", "Dropout", [1600], 0),
            ("dense", "Dense", [10], 16010),
        ];
        return new(Chain("cnn", [28, 28, 1], layers, frozen) with
        {
            Weights =
            [
                new(0, "kernel", [320], 0, "zeros"), new(1, "gamma", [64], 320, "ones"), new(1, "moving_mean", [64], 384, "zeros", false),
                new(3, "kernel", [18496], 448, "zeros"), new(7, "kernel", [16010], 18944, "zeros"),
            ],
        });
    }

    /// <summary>Keras's example of a recurrent network.</summary>
    public static DescribedNet Lstm() => new(Chain(
        "sentiment", [20],
        [
            ("embedding", "Embedding", [20, 16], 16000),
            ("bidirectional", "Bidirectional", [20, 64], 12544),
            ("lstm_1", "LSTM", [16], 5184),
            ("dense", "Dense", [1], 17),
        ],
        []) with
    {
        Weights = [new(0, "embeddings", [33745], 0, "zeros")],
    });

    /// <summary>Keras's example of long names, with a layer that gives two values.</summary>
    public static DescribedNet LongNames() => new(new NetworkDescription
    {
        Name = "functional",
        Inputs = [new("measurements_of_the_first_sensor", [4]), new("b", [4])],
        Outputs = [new("all_of_it", [7]), new("recurrent_summary_of_everything", [1000000, 3])],
        ParameterSize = 96,
        Layers =
        [
            new("repeat_vector", "RepeatVector", [1000000, 4], 0), new("recurrent_summary_of_everything", "GRU", [1000000, 3], 81),
            new("all_of_it", "Concatenate", [7], 0),
        ],
        Weights = [new(1, "kernel", [81], 0, "zeros")],
        Graph = new()
        {
            Inputs = [new("measurements_of_the_first_sensor", [4]), new("b", [4])],
            Calls =
            [
                new(0, [(-1, 0)], [[1000000, 4]]), new(1, [(0, 0)], [[1000000, 3], [3]]), new(2, [(1, 1), (-1, 1)], [[7]]),
            ],
            Outputs = [(2, 0), (1, 0)],
        },
    });

    /// <summary>A text that Keras printed.</summary>
    public static string Golden(string path) =>
        File.ReadAllText(Path.Combine(GoldenFolder.FullPath, "text", path)).Replace("\r\n", "\n", StringComparison.Ordinal);

    private static NetworkDescription Chain(
        string name, int[] input, (string Name, string Type, int[] Shape, int Parameters)[] layers, int[] frozen) => new()
        {
            Name = name,
            Inputs = [new("input", input)],
            Outputs = [new("output", layers[^1].Shape)],
            ParameterSize = layers.Sum(layer => (layer.Parameters + 15) / 16 * 16),
            Layers = [.. layers.Select((layer, i) =>
                new LayerDescription(layer.Name, layer.Type, layer.Shape, layer.Parameters, !frozen.Contains(i)))],
        };
}
