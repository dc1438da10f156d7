using System.Numerics.Tensors;
using CompiledNets;
using CompiledNets.Data;
using CompiledNets.Samples;

// Iris flowers: which of three species has these lengths and widths of sepals and petals, in cm?
SampleOptions options = SampleOptions.Parse(args, data: "iris.csv", epochs: 150);
CsvData csv = CsvData.Read(options.Data);
Dataset data = new(csv.Features(..^1), new LabelEncoder().FitTransform(csv.Strings(^1)));
List<double> accuracies = [];

foreach (int seed in options.Seeds)
{
    (Dataset train, Dataset test) = data.Split(testSize: 0.33, seed);
    Console.WriteLine($"Train: {train}, test: {test}");

    IrisNet model = new(seed);
    model.Compile("adam", "sparse_categorical_crossentropy", "accuracy");
    model.Fit(train, batchSize: 32, options.Epochs, options.Verbose);

    double accuracy = model.Evaluate(test, verbose: Verbose.Silent)["accuracy"];
    Console.WriteLine($"Test accuracy: {accuracy:F3}");

    float[] species = model.Predict([5.1f, 3.5f, 1.4f, 0.2f]);
    Console.WriteLine($"Predicted: {species[0]:F3} {species[1]:F3} {species[2]:F3} (class={TensorPrimitives.IndexOfMax<float>(species)})");
    accuracies.Add(accuracy);
}

options.PrintMean("accuracy", accuracies);

[Network]
[Input(4)]
[Dense(10, Activation.Relu, KernelInitializer = Initializer.HeNormal)]
[Dense(8, Activation.Relu, KernelInitializer = Initializer.HeNormal)]
[Dense(3, Activation.Softmax)]
public sealed partial class IrisNet;
