namespace CompiledNets.Benchmarks.Networks;

/// <summary>How a network ends, and with it what it is trained for.</summary>
internal enum Ending
{
    /// <summary>No activation; the mean squared error.</summary>
    Linear,

    /// <summary>A sigmoid; binary crossentropy.</summary>
    Sigmoid,

    /// <summary>A softmax; crossentropy with class numbers.</summary>
    Softmax,
}

/// <summary>A stack of dense layers with ReLU between them, described for all sides of a contest.</summary>
/// <param name="Create">Makes ours.</param>
/// <param name="Sizes">Features of the input, then units of each layer.</param>
/// <param name="Ending">How it ends.</param>
internal sealed record BenchmarkNetwork(Func<Model> Create, int[] Sizes, Ending Ending)
{
    /// <summary>Features of a sample.</summary>
    public int Features => Sizes[0];

    /// <summary>Numbers of an output.</summary>
    public int Outputs => Sizes[^1];

    /// <summary>Multiply-adds of a training step for a sample: forward, gradients of weights, and gradients of the inputs of all layers but the first.</summary>
    public double TrainingWork
    {
        get
        {
            double forward = Sizes.Zip(Sizes.Skip(1), (inputs, units) => (double)inputs * units).Sum();
            return (3 * forward) - ((double)Sizes[0] * Sizes[1]);
        }
    }

    /// <summary>A network of ours, ready to train.</summary>
    public Model Compiled(int threads)
    {
        Model model = Create();
        model.Threads = threads;
        model.Compile(new Adam(), Ending switch
        {
            Ending.Sigmoid => new BinaryCrossentropy(),
            Ending.Softmax => new SparseCategoricalCrossentropy(),
            _ => new MeanSquaredError(),
        });
        return model;
    }
}
