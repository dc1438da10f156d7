using System.Globalization;
using CompiledNets.Benchmarks.Contests;
using CompiledNets.Benchmarks.Networks;
using CompiledNets.Benchmarks.Scaling;

namespace CompiledNets.Benchmarks.Peers;

/// <summary>What is done with a network.</summary>
internal enum Work
{
    /// <summary>A step of training.</summary>
    Train,

    /// <summary>An epoch.</summary>
    Fit,

    /// <summary>A batch of predictions, or a row.</summary>
    Predict,

    /// <summary>A row after the other, each with the states that the one before left.</summary>
    Stream,
}

/// <summary>What one contender does: it goes to its process as arguments, and weights and samples follow from it.</summary>
/// <param name="Side">Who.</param>
/// <param name="Work">What.</param>
/// <param name="Network">With which network.</param>
/// <param name="Batch">Samples at a time.</param>
/// <param name="Threads">Threads it may use.</param>
/// <param name="FrozenLayers">How many of the first layers do not train, of ours.</param>
internal sealed record Assignment(Side Side, Work Work, BenchmarkNetwork Network, int Batch, int Threads, int FrozenLayers = 0)
{
    /// <summary>
    /// Rows to train on: too many to stay in the nearest cache, and enough that large networks do not learn them by heart while they
    /// are measured.
    /// </summary>
    private const int TrainingRows = 8192;

    /// <summary>Batches of an epoch, as in the sample's training data.</summary>
    private const int BatchesOfEpoch = 8;

    private const int PredictionBatches = 16;
    private const int SingleRows = 256;

    /// <summary>Most numbers of single rows: 16 MB.</summary>
    private const int MostSingleNumbers = 1 << 22;

    /// <summary>As tables name it.</summary>
    public string Name => $"{(Work == Work.Predict && Batch == 1 ? "row" : Work.ToString().ToLowerInvariant())}/{Network.Name}";

    /// <summary>Floating-point operations of what is measured.</summary>
    public double Operations => Work switch
    {
        Work.Train => Network.TrainingOperations * Batch,
        Work.Fit => Network.TrainingOperations * Batch * BatchesOfEpoch,
        _ => Network.PredictionOperations * Batch,
    };

    /// <summary>It as arguments.</summary>
    public string[] Arguments => [$"{Side}", $"{Work}", Network.Name, Text(Batch), Text(Threads), Text(FrozenLayers)];

    /// <summary>Why the side cannot run here; null where it can. Asked in its process alone: to know it is to load the peer.</summary>
    public string? Problem => Side == Side.TorchSharp ? TorchLibrary.Problem : null;

    private int Batches => Work switch
    {
        Work.Train => Math.Max(2, TrainingRows / Batch),
        Work.Fit => BatchesOfEpoch,
        _ => Batch == 1 ? Math.Min(SingleRows, MostSingleNumbers / Network.Inputs.Sum(input => input.Features))
            : PredictionBatches,
    };

    /// <summary>Reads <see cref="Arguments"/>.</summary>
    public static Assignment Parse(ReadOnlySpan<string> args)
    {
        string name = args[2];
        BenchmarkNetwork network = SampleNetworks.All.Concat(ImageNetworks.All).Concat(KnownNetworks.All).Concat(SequenceNetworks.All)
            .Concat(WidthNetworks.All).Single(item => item.Name == name);
        return new(Enum.Parse<Side>(args[0]), Enum.Parse<Work>(args[1]), network, Number(args[3]), Number(args[4]), Number(args[5]));
    }

    /// <summary>
    /// Makes who does it. The seed of ours is in <see cref="BenchmarkNetwork.Create"/>: peers take their weights from it.
    /// </summary>
    public Contender Create()
    {
        SampleRows rows = new(Network, Batch, Batches);
        return (Side, Work) switch
        {
            (Side.Ours, Work.Train) => new OurTraining(Compiled(), Network, rows),
            (Side.Ours, Work.Fit) => new OurFit(Compiled(), Network, rows),
            (Side.Ours, Work.Predict) => new OurPrediction(Compiled(), Network, rows),
            (Side.OnnxRuntime, Work.Predict) => new OnnxPrediction(Network, Network.Create(), rows, Threads),
            (Side.Ours, Work.Stream) => new OurStream(Compiled(), Network, rows),
            (Side.OnnxRuntime, Work.Stream) => new OnnxStream(Network, Network.Create(), rows, Threads),
            (Side.TorchSharp, Work.Train) => new TorchTraining(Network, Network.Create(), rows, Threads),
            (Side.TorchSharp, Work.Fit) => new TorchFit(Network, Network.Create(), rows, Threads),
            (Side.TorchSharp, _) => new TorchPrediction(Network, Network.Create(), rows, Threads),
            _ => throw new InvalidOperationException($"{Side} has nothing for {Name}."),
        };
    }

    /// <summary>Our network, ready to train.</summary>
    public Model Compiled()
    {
        Model model = Network.Compiled(Threads);
        foreach (NetworkLayer layer in Network.Layers.Take(FrozenLayers)) model.SetTrainable(layer.Name, false);
        return model;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
