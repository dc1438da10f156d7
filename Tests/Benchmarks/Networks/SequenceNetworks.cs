namespace CompiledNets.Benchmarks.Networks;

/// <summary>Networks of recurrent layers.</summary>
internal static class SequenceNetworks
{
    /// <summary>Five months of a series, as in the tutorial, with the activation that all sides have.</summary>
    public static BenchmarkNetwork Lstm { get; } = new(
        "lstm",
        () => new LstmNet(1),
        [new("input", 5)],
        [
            new RowsLayer("rows", "input", 5, 1),
            new RecurrentLayer("lstm", "rows", 5, 1, 100, Gates: 4),
            new DenseLayer("dense", "lstm", 100, 50),
            new DenseLayer("dense_1", "dense", 50, 50),
            new DenseLayer("dense_2", "dense_1", 50, 1, HasRelu: false),
        ],
        [new("dense_2", 1, Ending.Linear)]);

    /// <summary>A hundred steps of 64 features.</summary>
    public static BenchmarkNetwork Gru { get; } = new(
        "gru",
        () => new GruNet(1),
        [new("input", 100 * 64)],
        [
            new RowsLayer("rows", "input", 100, 64),
            new RecurrentLayer("gru", "rows", 100, 64, 128, Gates: 3),
            new DenseLayer("dense", "gru", 128, 10, HasRelu: false),
        ],
        [new("dense", 10, Ending.Softmax)]);

    /// <summary>A step of a signal, with the states of the step before.</summary>
    public static BenchmarkNetwork LstmStep { get; } = new(
        "lstm-step",
        () => new LstmStepNet(1),
        [new("input", 1)],
        [
            new RowsLayer("rows", "input", 1, 1),
            new RecurrentLayer("lstm", "rows", 1, 1, 64, Gates: 4) { IsStateful = true },
            new DenseLayer("dense", "lstm", 64, 1, HasRelu: false),
        ],
        [new("dense", 1, Ending.Linear)]);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<BenchmarkNetwork> All { get; } = [Lstm, Gru, LstmStep];
}

[Network]
[Input(5), Reshape(5, 1)]
[LSTM(100)]
[Dense(50, Activation.Relu)]
[Dense(50, Activation.Relu)]
[Dense(1)]
internal sealed partial class LstmNet;

[Network]
[Input(1), Reshape(1, 1)]
[LSTM(64, Stateful = true)]
[Dense(1)]
internal sealed partial class LstmStepNet;

[Network]
[Input(100 * 64), Reshape(100, 64)]
[GRU(128)]
[Dense(10, Activation.Softmax)]
internal sealed partial class GruNet;
