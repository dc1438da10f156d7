namespace CompiledNets.Benchmarks.Optimizers;

/// <summary>A training step of a network that is a table of vectors and little else, with Adam.</summary>
internal sealed class EmbeddingStep
{
    /// <summary>Samples of a batch.</summary>
    public const int Batch = 64;

    private readonly EmbeddingNet model;
    private readonly float[] indices = new float[Batch * EmbeddingNet.Steps];
    private readonly float[] targets = new float[Batch];

    /// <summary>Readies it.</summary>
    public EmbeddingStep(int threads)
    {
        model = new(seed: 1) { Threads = threads };
        model.Compile(new Adam(), new MeanSquaredError());
        Random random = new(1);
        for (int i = 0; i < indices.Length; i++) indices[i] = random.Next(EmbeddingNet.Rows);
        for (int i = 0; i < targets.Length; i++) targets[i] = random.NextSingle();
    }

    /// <summary>Takes steps.</summary>
    public void Run(int times)
    {
        for (int i = 0; i < times; i++) model.TrainOnBatch(indices, targets);
    }
}

/// <summary>Words of a text by number, and the mean of their vectors.</summary>
[Network]
[Input(Steps)]
[Embedding(Rows, Columns)]
[GlobalAveragePooling1D]
[Dense(1)]
internal sealed partial class EmbeddingNet
{
    /// <summary>Rows of the table, numbers of a row, and words of a sample.</summary>
    public const int Rows = 20000, Columns = 128, Steps = 100;
}
