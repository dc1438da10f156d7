using CompiledNets.Benchmarks.Measuring;
using CompiledNets.Benchmarks.Networks;

namespace CompiledNets.Benchmarks.Peers;

/// <summary>Who is measured against.</summary>
internal enum Peer
{
    TorchSharp,
    OnnxRuntime,
}

/// <summary>Something that users wait for, and a peer that can do it too.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Peer">The peer.</param>
/// <param name="Network">The network.</param>
/// <param name="Batch">Samples at a time.</param>
internal sealed record PeerCase(string Name, Peer Peer, BenchmarkNetwork Network, int Batch)
{
    /// <summary>Rows to train on: too many to stay in the nearest cache, and enough that the large networks do not learn them by heart while they are measured.</summary>
    private const int TrainingRows = 8192;

    /// <summary>Batches of an epoch, as in the sample's training data.</summary>
    private const int BatchesOfEpoch = 8;

    private const int PredictionBatches = 16;
    private const int SingleRows = 256;

    /// <summary>All cases, in the order of the report.</summary>
    public static IReadOnlyList<PeerCase> All { get; } =
    [
        new("train/ionosphere", Peer.TorchSharp, SampleNetworks.Ionosphere, 32),
        new("train/iris", Peer.TorchSharp, SampleNetworks.Iris, 32),
        new("train/boston", Peer.TorchSharp, SampleNetworks.Boston, 32),
        new("train/mlp", Peer.TorchSharp, SampleNetworks.Mlp, 128),
        new("train/wide-mlp", Peer.TorchSharp, SampleNetworks.WideMlp, 256),
        new("fit/ionosphere", Peer.TorchSharp, SampleNetworks.Ionosphere, 32),
        new("predict/ionosphere", Peer.TorchSharp, SampleNetworks.Ionosphere, 32),
        new("predict/ionosphere", Peer.OnnxRuntime, SampleNetworks.Ionosphere, 32),
        new("predict/mlp", Peer.TorchSharp, SampleNetworks.Mlp, 128),
        new("predict/mlp", Peer.OnnxRuntime, SampleNetworks.Mlp, 128),
        new("row/ionosphere", Peer.OnnxRuntime, SampleNetworks.Ionosphere, 1),
        new("row/iris", Peer.OnnxRuntime, SampleNetworks.Iris, 1),
        new("row/boston", Peer.OnnxRuntime, SampleNetworks.Boston, 1),
        new("row/mlp", Peer.OnnxRuntime, SampleNetworks.Mlp, 1),
    ];

    /// <summary>The peer's name.</summary>
    public string PeerName => Peer == Peer.TorchSharp ? "TorchSharp" : "ONNX Runtime";

    /// <summary>Why the peer cannot run here; null where it can.</summary>
    public string? Problem => Peer == Peer.TorchSharp ? TorchLibrary.Problem : null;

    private string Task => Name[..Name.IndexOf('/')];

    /// <summary>Makes both sides, with the same weights, checks that they give the same, and lets them work.</summary>
    /// <exception cref="InvalidOperationException">They do not.</exception>
    public Contest Run(int threads, TimeSpan time)
    {
        SampleRows rows = new(Network, Batch, Task switch { "train" => TrainingRows / Batch, "fit" => BatchesOfEpoch, "row" => SingleRows, _ => PredictionBatches });
        Model model = Network.Compiled(threads);
        using Contender ours = Task switch
        {
            "train" => new OurTraining(model, rows),
            "fit" => new OurFit(model, Network, rows),
            _ => new OurPrediction(model, Network, rows),
        };
        using Contender? peer = Problem is null ? PeerFor(model, rows, threads) : null;
        if (peer is not null) Agreement.Check(Name, ours, peer, isTraining: Task == "train");
        return Contest.Run(ours, peer, threads, time);
    }

    private Contender PeerFor(Model model, SampleRows rows, int threads) => (Peer, Task) switch
    {
        (Peer.OnnxRuntime, _) => new OnnxPrediction(Network, model, rows, threads),
        (_, "train") => new TorchTraining(Network, model, rows, threads),
        (_, "fit") => new TorchFit(Network, model, rows, threads),
        _ => new TorchPrediction(Network, model, rows, threads),
    };
}
