namespace CompiledNets.Benchmarks.Networks;

/// <summary>Made-up samples with targets, in an order that means nothing: a stretch of them is a shuffled batch.</summary>
internal sealed class SampleRows
{
    private readonly int features;
    private readonly int targetSize;

    /// <summary>Makes them.</summary>
    /// <param name="network">What they are for.</param>
    /// <param name="batch">Samples of a batch.</param>
    /// <param name="batches">Batches.</param>
    public SampleRows(BenchmarkNetwork network, int batch, int batches)
    {
        Batch = batch;
        Batches = batches;
        features = network.Features;
        targetSize = network.Ending == Ending.Linear ? network.Outputs : 1;
        Random random = new(1);
        Samples = Fill(batches * batch * features, () => Normal(random));
        Targets = Fill(batches * batch * targetSize, network.Ending switch
        {
            Ending.Sigmoid => () => random.Next(2),
            Ending.Softmax => () => random.Next(network.Outputs),
            _ => () => Normal(random),
        });
    }

    /// <summary>Samples of a batch.</summary>
    public int Batch { get; }

    /// <summary>Batches.</summary>
    public int Batches { get; }

    /// <summary>All samples, row behind row.</summary>
    public float[] Samples { get; }

    /// <summary>All targets: the numbers of an output, or the number of a class.</summary>
    public float[] Targets { get; }

    /// <summary>The samples of a batch.</summary>
    public Span<float> SamplesOf(int number) => Samples.AsSpan(number * Batch * features, Batch * features);

    /// <summary>The targets of a batch.</summary>
    public Span<float> TargetsOf(int number) => Targets.AsSpan(number * Batch * targetSize, Batch * targetSize);

    private static float[] Fill(int length, Func<float> next)
    {
        float[] values = GC.AllocateUninitializedArray<float>(length, pinned: true);
        for (int i = 0; i < length; i++) values[i] = next();
        return values;
    }

    // The sum of twelve uniform numbers, as near to a normal one as needed here.
    private static float Normal(Random random)
    {
        float sum = -6;
        for (int i = 0; i < 12; i++) sum += random.NextSingle();
        return sum;
    }
}
