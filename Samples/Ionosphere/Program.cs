using CompiledNets;
using CompiledNets.Data;
using CompiledNets.Samples;

// Radar returns from the ionosphere: do 34 numbers show structure up there (g, good) or not (b, bad)?
SampleOptions options = SampleOptions.Parse(args, data: "ionosphere.csv", epochs: 150);
CsvData csv = CsvData.Read(options.Data);
Dataset data = new(csv.Features(..^1), new LabelEncoder().FitTransform(csv.Strings(^1)));
List<double> accuracies = [];

foreach (int seed in options.Seeds)
{
    (Dataset train, Dataset test) = data.Split(testSize: 0.33, seed);
    Console.WriteLine($"Train: {train}, test: {test}");

    IonosphereNet model = new(seed);
    model.Compile("adam", "binary_crossentropy", "accuracy");
    model.Fit(train, batchSize: 32, options.Epochs, options.Verbose);

    double accuracy = model.Evaluate(test, verbose: Verbose.Silent)["accuracy"];
    Console.WriteLine($"Test accuracy: {accuracy:F3}");

    float good = model.Predict(data.Row(0))[0];
    Console.WriteLine($"Predicted: {good:F3}");
    accuracies.Add(accuracy);
}

options.PrintMean("accuracy", accuracies);

[Network]
[Input(34)]
[Dense(10, Activation.Relu, KernelInitializer = Initializer.HeNormal)]
[Dense(8, Activation.Relu, KernelInitializer = Initializer.HeNormal)]
[Dense(1, Activation.Sigmoid)]
public sealed partial class IonosphereNet;
