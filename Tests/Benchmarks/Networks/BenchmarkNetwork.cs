namespace CompiledNets.Benchmarks.Networks;

/// <summary>A network, described for all sides of a contest.</summary>
/// <param name="Name">Its name in tables.</param>
/// <param name="Create">Makes ours, with the same weights each time.</param>
/// <param name="Inputs">Its inputs, in the order of ours.</param>
/// <param name="Layers">Its layers, each behind those whose values it takes.</param>
/// <param name="Outputs">Its outputs, in the order of ours.</param>
internal sealed record BenchmarkNetwork(
    string Name, Func<Model> Create, IReadOnlyList<NetworkInput> Inputs, IReadOnlyList<NetworkLayer> Layers,
    IReadOnlyList<NetworkOutput> Outputs)
{
    /// <summary>A stack of dense layers with ReLU between them.</summary>
    /// <param name="name">Its name in tables.</param>
    /// <param name="create">Makes ours.</param>
    /// <param name="sizes">Features of the input, then units of each layer.</param>
    /// <param name="ending">How it ends.</param>
    public static BenchmarkNetwork Chain(string name, Func<Model> create, int[] sizes, Ending ending)
    {
        const string input = "input";
        int count = sizes.Length - 1;
        DenseLayer[] layers = [.. Enumerable.Range(0, count).Select(LayerAt)];
        return new(name, create, [new(input, sizes[0])], layers, [new(layers[^1].Name, sizes[^1], ending)]);

        DenseLayer LayerAt(int i) => new(NameOf(i), i == 0 ? input : NameOf(i - 1), sizes[i], sizes[i + 1], HasRelu: i < count - 1);

        // As Keras counts them.
        static string NameOf(int layer) => layer == 0 ? "dense" : $"dense_{layer}";
    }

    /// <summary>Whether samples and outputs are one span each; else there is one for each port.</summary>
    public bool IsSingle => Inputs.Count == 1 && Outputs.Count == 1;

    /// <summary>Floating-point operations of a prediction for a sample: a multiply-add is two, and all else is left out.</summary>
    public double PredictionOperations => 2 * Layers.Sum(layer => layer.Work);

    /// <summary>
    /// Those of a training step for a sample: forward, gradients of weights, and gradients of the inputs of layers, but for those of
    /// the network.
    /// </summary>
    public double TrainingOperations => (3 * PredictionOperations) - (2 * Layers.Where(IsFirst).Sum(layer => layer.InputGradientWork));

    /// <summary>A network of ours, ready to train.</summary>
    public Model Compiled(int threads)
    {
        Model model = Create();
        model.Threads = threads;
        model.Compile(new Adam(), Outputs.Select(output => LossOf(output.Ending)).ToArray());
        return model;
    }

    /// <summary>The weights of a layer of ours.</summary>
    public static IReadOnlyList<ModelWeight> WeightsOf(Model model, NetworkLayer layer) =>
        model.Layers.Single(own => own.Name == layer.Name).Weights;

    /// <summary>A kernel and its bias of a layer of ours.</summary>
    public static (ModelWeight Kernel, ModelWeight Bias) PairOf(Model model, NetworkLayer layer, int pair = 0) =>
        WeightsOf(model, layer) is var weights ? (weights[2 * pair], weights[(2 * pair) + 1]) : default;

    // Rows and images of an input are the input.
    private bool IsFirst(NetworkLayer layer) => layer is not (RowsLayer or ImageLayer)
        && layer.From.Any(from => Inputs.Any(input => input.Name == from)
            || Layers.Any(view => view is RowsLayer or ImageLayer && view.Name == from));

    private static Loss LossOf(Ending ending) => ending switch
    {
        Ending.Sigmoid => new BinaryCrossentropy(),
        Ending.Softmax => new SparseCategoricalCrossentropy(),
        _ => new MeanSquaredError(),
    };
}
