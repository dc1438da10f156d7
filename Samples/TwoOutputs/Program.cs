using System.Numerics.Tensors;
using CompiledNets;
using CompiledNets.Data;
using CompiledNets.Samples;

// Houses in Boston: what do those of a district cost, in $1000, and is that above the median? By 13 figures of the district, and by the
// class of its roads: the access to highways, one of the figures, is an index from 1 to 8, or 24, which says little as a number.
SampleOptions options = SampleOptions.Parse(args, data: "housing.csv", epochs: 100);
CsvData csv = CsvData.Read(options.Data);
Dataset data = new(csv.Features(..^1), csv.Numbers(^1));
List<double> errors = [], accuracies = [];

foreach (int seed in options.Seeds)
{
    (Dataset train, Dataset test) = data.Split(testSize: 0.33, seed);
    Console.WriteLine($"Train: {train}, test: {test}");
    StandardScaler scaler = new();
    Tensor<float> figures = scaler.FitTransform(train.Features), testFigures = scaler.Transform(test.Features);
    float median = Median(train.Targets);

    HouseNet model = new(seed);
    // The numbers of the crossentropy are smaller than those of the squared error.
    model.Compile(
        "adam", loss: new() { Price = "mse", IsDear = "binary_crossentropy" }, lossWeights: new() { IsDear = 10 },
        metrics: new() { IsDear = ["accuracy"] });
    model.Fit(
        figures: figures, roads: Roads(train), price: train.Targets, isDear: IsDear(train, median), batchSize: 32,
        epochs: options.Epochs, verbose: options.Verbose);

    Logs logs = model.Evaluate(testFigures, Roads(test), test.Targets, IsDear(test, median), verbose: Verbose.Silent);
    Console.WriteLine($"Price: MSE {logs["price_loss"]:F3}; above {median:F1}: accuracy {logs["is_dear_accuracy"]:F3}");

    (Tensor<float> price, Tensor<float> isDear) = model.Predict(testFigures, Roads(test));
    Console.WriteLine($"Predicted: {price[0, 0]:F3}, above the median with {isDear[0, 0]:F3}");
    errors.Add(logs["price_loss"]);
    accuracies.Add(logs["is_dear_accuracy"]);
}

options.PrintMean("mse", errors);
options.PrintMean("accuracy", accuracies);

// One of eight for an index from 1 to 8, and none for 24.
static float[,] Roads(Dataset districts)
{
    const int highways = 8;
    float[,] roads = new float[districts.Count, 8];
    for (int i = 0; i < districts.Count; i++)
    {
        int index = (int)districts.Row(i)[highways];
        if (index <= 8) roads[i, index - 1] = 1;
    }

    return roads;
}

static float Median(Tensor<float> prices)
{
    float[] sorted = [.. prices.Order()];
    return sorted[sorted.Length / 2];
}

static float[] IsDear(Dataset districts, float median) => [.. districts.Targets.Select(price => price > median ? 1f : 0f)];

[Network]
public sealed partial class HouseNet
{
    [Input(13)]
    public partial Node Figures { get; }

    [Input(8)]
    public partial Node Roads { get; }

    [From(nameof(Roads)), Dense(8, Activation.Relu)]
    public partial Node Place { get; }

    [Concatenate(nameof(Figures), nameof(Place)), Dense(32, Activation.Relu)]
    public partial Node Seen { get; }

    [From(nameof(Seen)), Dense(32, Activation.Relu), Add(nameof(Seen))]
    public partial Node Deep { get; }

    [From(nameof(Deep)), Dense(1), Output]
    public partial Node Price { get; }

    [From(nameof(Deep)), Dense(1, Activation.Sigmoid), Output]
    public partial Node IsDear { get; }
}
