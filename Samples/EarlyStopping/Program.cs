using CompiledNets;
using CompiledNets.Data;
using CompiledNets.Plots;
using CompiledNets.Samples;

// Training ends where five epochs in a row did not lower the loss on rows that are not trained on.
SampleOptions options = SampleOptions.Parse(args, ["classification.csv"], epochs: 200, Verbose.Silent);
CsvData csv = CsvData.Read(options.Data, hasHeader: false);
Dataset data = new(csv.Features(..^1), csv.Numbers(^1));
List<double> losses = [];

foreach (int seed in options.Seeds)
{
    StoppingNet model = new(seed);
    if (seed == options.Seed) model.Summary(lineLength: 76);
    model.Compile("adam", "binary_crossentropy", "accuracy");
    EarlyStopping stopping = new(monitor: "val_loss", patience: 5);
    History history = model.Fit(data, batchSize: 32, options.Epochs, options.Verbose, [stopping], validationSplit: 0.3);

    history.Plot("early-stopping.png");
    model.Plot("early-stopping-model.png", showShapes: true, showLayerNames: true);
    Console.WriteLine($"Stopped after {history.Epochs.Count} of {options.Epochs} epochs; epoch {stopping.BestEpoch + 1} was the best.");
    Console.WriteLine(
        $"Validation loss: {stopping.Best:F3} there, {history["val_loss"][^1]:F3} at the end, accuracy {history["val_accuracy"][^1]:F3}");
    losses.Add(history["val_loss"][^1]);
}

Console.WriteLine("The curves are in early-stopping.png, the network in early-stopping-model.png.");
options.PrintMean("loss", losses);

[Network]
[Input(20)]
[Dense(10, Activation.Relu, KernelInitializer = Initializer.HeNormal)]
[Dense(1, Activation.Sigmoid)]
public sealed partial class StoppingNet;
