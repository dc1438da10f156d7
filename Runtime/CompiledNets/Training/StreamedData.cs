using CompiledNets.Data;
using CompiledNets.Execution;

namespace CompiledNets;

/// <summary>Batches of a stream, each checked against the network as it comes.</summary>
/// <param name="description">The network.</param>
/// <param name="stream">The batches.</param>
/// <param name="classWeight">A weight for the samples of each class; null for none.</param>
/// <param name="name">What errors call it.</param>
internal sealed class StreamedData(
    NetworkDescription description, BatchStream stream, IReadOnlyDictionary<int, float>? classWeight, string name)
{
    /// <summary>How many batches an epoch has.</summary>
    public int BatchCount => stream.BatchCount;

    /// <summary>The first batch, which tells the shape of targets.</summary>
    /// <exception cref="ArgumentException">There is none, or it does not fit.</exception>
    public TrainingData First(CancellationToken cancellation)
    {
        foreach (Dataset batch in stream.Batches(0, cancellation)) return Check(batch);
        throw new ArgumentException($"Expected at least one batch of {name}. Received: none", name);
    }

    /// <summary>The batches of an epoch.</summary>
    /// <exception cref="ArgumentException">One does not fit.</exception>
    public IEnumerable<TrainingData> Epoch(int epoch, LossStages losses, CancellationToken cancellation)
    {
        foreach (Dataset batch in stream.Batches(epoch, cancellation))
        {
            TrainingData data = Check(batch);
            data.CheckFor(losses);
            yield return data;
        }
    }

    private TrainingData Check(Dataset batch) => TrainingData.Check(
        description, GivenData.OfOne(batch.Features, batch.Targets, batch.SampleWeights, classWeight) with
        {
            NameOfX = name + ".Features",
            NameOfY = name + ".Targets",
            NameOfWeights = name + ".SampleWeights",
        });
}
