using CompiledNets;
using CompiledNets.Data;
using CompiledNets.Plots;
using CompiledNets.Samples;

// Dropout and batch normalization beside a network without either: how far validation stays behind training.
SampleOptions options = SampleOptions.Parse(args, ["classification.csv"], epochs: 100, Verbose.Silent);
CsvData csv = CsvData.Read(options.Data, hasHeader: false);
Dataset data = new(csv.Features(..^1), csv.Numbers(^1));
List<double> losses = [];

foreach (int seed in options.Seeds)
{
    (string Title, Model Model)[] networks =
        [("neither", new PlainNet(seed)), ("dropout", new DropoutNet(seed)), ("batch normalization", new NormalizedNet(seed))];
    List<(string, History)> runs = [];
    foreach ((string title, Model model) in networks)
    {
        model.Compile("adam", "binary_crossentropy", "accuracy");
        History history = model.Fit(data, batchSize: 32, options.Epochs, options.Verbose, validationSplit: 0.3);
        Console.WriteLine(
            $"{title,-19}  loss {history["loss"][^1]:F3}, validation loss {history["val_loss"][^1]:F3}, " +
            $"validation accuracy {history["val_accuracy"][^1]:F3}");
        runs.Add((title, history));
        losses.Add(history["val_loss"][^1]);
    }

    HistoryPlots.Compare("regularization.png", runs);
}

Console.WriteLine("The curves are in regularization.png.");
options.PrintMean("loss", losses);

[Network]
[Input(20)]
[Dense(10, Activation.Relu, KernelInitializer = Initializer.HeNormal)]
[Dense(1, Activation.Sigmoid)]
public sealed partial class PlainNet;

[Network]
[Input(20)]
[Dense(10, Activation.Relu, KernelInitializer = Initializer.HeNormal)]
[Dropout(0.5)]
[Dense(1, Activation.Sigmoid)]
public sealed partial class DropoutNet;

[Network]
[Input(20)]
[Dense(10, Activation.Relu, KernelInitializer = Initializer.HeNormal)]
[BatchNormalization]
[Dense(1, Activation.Sigmoid)]
public sealed partial class NormalizedNet;
