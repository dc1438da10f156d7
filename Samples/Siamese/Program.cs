using System.Numerics.Tensors;
using CompiledNets;
using CompiledNets.Data;
using CompiledNets.Samples;

// Pairs of iris flowers: are the two of one species? Both go through the same layers, and what counts is how far apart they come out.
const int TrainPairs = 2000, TestPairs = 1000;
SampleOptions options = SampleOptions.Parse(args, data: "iris.csv", epochs: 20);
CsvData csv = CsvData.Read(options.Data);
Dataset data = new(csv.Features(..^1), new LabelEncoder().FitTransform(csv.Strings(^1)));
List<double> accuracies = [];

foreach (int seed in options.Seeds)
{
    // Flowers of the test are in no pair of the training.
    (Dataset train, Dataset test) = data.Split(testSize: 0.33, seed, stratify: true);
    StandardScaler scaler = new();
    Pairs pairs = new(scaler.FitTransform(train.Features), train.Targets, TrainPairs, seed);
    Pairs testPairs = new(scaler.Transform(test.Features), test.Targets, TestPairs, seed);
    Console.WriteLine($"Train: {TrainPairs} pairs of {train.Count} flowers, test: {TestPairs} of {test.Count}");

    PairNet model = new(seed);
    model.Compile("adam", "binary_crossentropy", "accuracy");
    model.Fit(
        left: pairs.Left, right: pairs.Right, isSame: pairs.IsSame, batchSize: 32, epochs: options.Epochs, verbose: options.Verbose);

    Logs logs = model.Evaluate(testPairs.Left, testPairs.Right, testPairs.IsSame, verbose: Verbose.Silent);
    Console.WriteLine($"Test accuracy: {logs["accuracy"]:F3}");

    Tensor<float> predicted = model.Predict(testPairs.Left, testPairs.Right);
    Console.WriteLine($"Predicted: {predicted[0, 0]:F3} (the same: {testPairs.IsSame[0]})");
    accuracies.Add(logs["accuracy"]);
}

options.PrintMean("accuracy", accuracies);

/// <summary>Pairs of flowers, every other one of one species.</summary>
internal sealed class Pairs
{
    public Pairs(Tensor<float> flowers, Tensor<float> species, int count, int seed)
    {
        Random random = new(seed);
        int width = (int)flowers.Lengths[1], rows = (int)flowers.Lengths[0];
        (Left, Right, IsSame) = (new float[count, width], new float[count, width], new float[count]);
        for (int pair = 0; pair < count; pair++)
        {
            int left = random.Next(rows), right;
            do right = random.Next(rows);
            while (right == left || species[left] == species[right] != (pair % 2 == 0));
            IsSame[pair] = pair % 2 == 0 ? 1 : 0;
            for (int i = 0; i < width; i++) (Left[pair, i], Right[pair, i]) = (flowers[left, i], flowers[right, i]);
        }
    }

    public float[,] Left { get; }

    public float[,] Right { get; }

    public float[] IsSame { get; }
}

[Network]
public sealed partial class PairNet
{
    [Input(4)]
    public partial Node Left { get; }

    [Input(4)]
    public partial Node Right { get; }

    [From(nameof(Left)), Dense(16, Activation.Relu), Dense(8)]
    public partial Node LeftSeen { get; }

    [From(nameof(Right)), Shared(nameof(LeftSeen))]
    public partial Node RightSeen { get; }

    [Subtract(nameof(LeftSeen), nameof(RightSeen))]
    public partial Node Apart { get; }

    [Multiply(nameof(Apart), nameof(Apart)), Dense(1, Activation.Sigmoid), Output]
    public partial Node IsSame { get; }
}
