namespace CompiledNets.Benchmarks.Networks;

/// <summary>
/// Made-up samples with targets, in an order that means nothing: a stretch of them is a shuffled batch. They are the same in every
/// process.
/// </summary>
internal sealed class SampleRows
{
    private readonly BenchmarkNetwork network;

    /// <summary>Makes them.</summary>
    /// <param name="network">What they are for.</param>
    /// <param name="batch">Samples of a batch.</param>
    /// <param name="batches">Batches.</param>
    public SampleRows(BenchmarkNetwork network, int batch, int batches)
    {
        this.network = network;
        Batch = batch;
        Batches = batches;
        Random random = new(1);
        Inputs = [.. network.Inputs.Select(input => Fill(Count * input.Features, () => Normal(random)))];
        Targets =
        [
            .. network.Outputs.Select(output => Fill(Count * output.TargetSize, output.Ending switch
            {
                Ending.Sigmoid => () => random.Next(2),
                Ending.Softmax => () => random.Next(output.Size),
                _ => () => Normal(random),
            })),
        ];
    }

    /// <summary>Samples of a batch.</summary>
    public int Batch { get; }

    /// <summary>Batches.</summary>
    public int Batches { get; }

    /// <summary>All samples.</summary>
    public int Count => Batches * Batch;

    /// <summary>By input, all samples, row behind row.</summary>
    public float[][] Inputs { get; }

    /// <summary>By output, all targets: the numbers of an output, or the number of a class.</summary>
    public float[][] Targets { get; }

    /// <summary>The samples of a batch, of an input.</summary>
    public Memory<float> InputOf(int batch, int input)
    {
        int length = Batch * network.Inputs[input].Features;
        return Inputs[input].AsMemory(batch * length, length);
    }

    /// <summary>The targets of a batch, of an output.</summary>
    public Memory<float> TargetOf(int batch, int output)
    {
        int length = Batch * network.Outputs[output].TargetSize;
        return Targets[output].AsMemory(batch * length, length);
    }

    /// <summary>By batch and input, the samples.</summary>
    public ReadOnlyMemory<float>[][] InputsByBatch() => ByBatch(Inputs.Length, InputOf);

    /// <summary>By batch and output, the targets.</summary>
    public ReadOnlyMemory<float>[][] TargetsByBatch() => ByBatch(Targets.Length, TargetOf);

    private ReadOnlyMemory<float>[][] ByBatch(int ports, Func<int, int, Memory<float>> rowsOf) =>
    [
        .. Enumerable.Range(0, Batches).Select(batch =>
            Enumerable.Range(0, ports).Select(port => (ReadOnlyMemory<float>)rowsOf(batch, port)).ToArray()),
    ];

    private static float[] Fill(int length, Func<float> next)
    {
        float[] values = GC.AllocateUninitializedArray<float>(length, pinned: true);
        for (int i = 0; i < length; i++) values[i] = next();
        return values;
    }

    // The sum of three uniform numbers with a variance of one, as near to a normal one as needed here.
    private static float Normal(Random random) => (random.NextSingle() + random.NextSingle() + random.NextSingle() - 1.5f) * 2;
}
