using System.Numerics.Tensors;
using CompiledNets;
using CompiledNets.Data;
using CompiledNets.Samples;

// Cars sold in Quebec, month by month from 1960 to 1968: how many will it be next month, by those of the five months before? With --scaled
// the network sees what changed since the same month a year before, scaled, as is recommended for recurrent networks.
const int Steps = 5, TestWindows = 12, Year = 12;
bool isScaled = args.Contains("--scaled");
SampleOptions options =
    SampleOptions.Parse([.. args.Where(argument => argument != "--scaled")], ["monthly-car-sales.csv"], epochs: 350, Verbose.Line);
float[] sales = [.. CsvData.Read(options.Data, hasHeader: true).Numbers("Sales")];
List<double> errors = [];

foreach (int seed in options.Seeds)
{
    // What the network sees of a month, and what makes cars of what it says of one.
    float[] series = isScaled ? [.. sales.Skip(Year).Zip(sales, (now, before) => now - before)] : sales;
    float scale = isScaled ? Deviation(series[..^TestWindows]) : 1;
    float[] seen = [.. series.Select(number => number / scale)];

    Dataset data = new(Windows(seen), seen[Steps..]);
    Dataset train = data.Take(..^TestWindows), test = data.Take(^TestWindows..);
    Model model = isScaled ? new ScaledCarSalesNet(seed) : new CarSalesNet(seed);
    model.Compile("adam", "mse", "mae");
    model.Fit(train, batchSize: 32, options.Epochs, options.Verbose, validationData: test);

    Logs scores = model.Evaluate(test, verbose: Verbose.Silent);
    double mse = scores["loss"] * scale * scale, mae = scores["mae"] * scale;
    Console.WriteLine($"MSE: {mse:F3}, RMSE: {Math.Sqrt(mse):F3}, MAE: {mae:F3}");

    float next = model.Predict(test.Row(TestWindows - 1))[0] * scale;
    Console.WriteLine($"Predicted: {(isScaled ? sales[^(Year + 1)] + next : next):F3}");
    errors.Add(mae);
}

options.PrintMean("mae", errors);

// Each run of so many months but the last, as steps with one feature; what comes after a run is its target.
static Tensor<float> Windows(float[] series)
{
    int count = series.Length - Steps;
    return Tensor.Create([.. Enumerable.Range(0, count).SelectMany(first => series[first..(first + Steps)])], [count, Steps, 1]);
}

static float Deviation(float[] numbers)
{
    float mean = numbers.Average();
    return MathF.Sqrt(numbers.Average(number => (number - mean) * (number - mean)));
}

/// <summary>The network of the tutorial, on cars as they are.</summary>
[Network]
[Input(5, 1)]
[LSTM(100, Activation.Relu, KernelInitializer = Initializer.HeNormal)]
[Dense(50, Activation.Relu, KernelInitializer = Initializer.HeNormal)]
[Dense(50, Activation.Relu, KernelInitializer = Initializer.HeNormal)]
[Dense(1)]
public sealed partial class CarSalesNet;

/// <summary>A smaller one, with the activation of its kind, on scaled changes.</summary>
[Network]
[Input(5, 1)]
[LSTM(16)]
[Dropout(0.2)]
[Dense(1)]
public sealed partial class ScaledCarSalesNet;
