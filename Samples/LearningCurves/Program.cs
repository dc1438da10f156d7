using CompiledNets;
using CompiledNets.Data;
using CompiledNets.Plots;
using CompiledNets.Samples;

// How the loss falls, on the rows that are trained on and on those that are not: where the curves part, the network learns by heart.
SampleOptions options = SampleOptions.Parse(args, ["classification.csv"], epochs: 100, Verbose.Silent);
CsvData csv = CsvData.Read(options.Data, hasHeader: false);
Dataset data = new(csv.Features(..^1), csv.Numbers(^1));
List<double> losses = [];

foreach (int seed in options.Seeds)
{
    CurvesNet model = new(seed);
    model.Compile(new SGD(learningRate: 0.001, momentum: 0.8), "binary_crossentropy");
    // The picture is drawn anew each ten epochs; open it and watch.
    History history = model.Fit(
        data, batchSize: 32, options.Epochs, options.Verbose, [new LearningCurves("learning-curves.png", every: 10)], validationSplit: 0.3);

    history.Plot("learning-curves.png", ["loss"], title: "Learning Curves", yLabel: "Cross Entropy");
    Console.WriteLine($"Loss: {history["loss"][0]:F3} in the first epoch, {history["loss"][^1]:F3} in the last");
    Console.WriteLine($"Validation loss: {history["val_loss"][0]:F3} in the first epoch, {history["val_loss"][^1]:F3} in the last");
    losses.Add(history["val_loss"][^1]);
}

Console.WriteLine("The curves are in learning-curves.png.");
options.PrintMean("loss", losses);

[Network]
[Input(20)]
[Dense(10, Activation.Relu, KernelInitializer = Initializer.HeNormal)]
[Dense(1, Activation.Sigmoid)]
public sealed partial class CurvesNet;
