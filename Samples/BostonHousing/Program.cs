using CompiledNets;
using CompiledNets.Data;
using CompiledNets.Samples;

// Houses in Boston: what do those of a district cost, in $1000, by 13 facts about it?
SampleOptions options = SampleOptions.Parse(args, data: "housing.csv", epochs: 150);
CsvData csv = CsvData.Read(options.Data);
Dataset data = new(csv.Features(..^1), csv.Numbers(^1));
List<double> errors = [];

foreach (int seed in options.Seeds)
{
    (Dataset train, Dataset test) = data.Split(testSize: 0.33, seed);
    Console.WriteLine($"Train: {train}, test: {test}");

    HousingNet model = new(seed);
    model.Compile("adam", "mse");
    model.Fit(train, batchSize: 32, options.Epochs, options.Verbose);

    double mse = model.Evaluate(test, verbose: Verbose.Silent)["loss"];
    Console.WriteLine($"MSE: {mse:F3}, RMSE: {Math.Sqrt(mse):F3}");

    float price = model.Predict(data.Row(0))[0];
    Console.WriteLine($"Predicted: {price:F3}");
    errors.Add(mse);
}

options.PrintMean("mse", errors);

[Network]
[Input(13)]
[Dense(10, Activation.Relu, KernelInitializer = Initializer.HeNormal)]
[Dense(8, Activation.Relu, KernelInitializer = Initializer.HeNormal)]
[Dense(1)]
public sealed partial class HousingNet;
