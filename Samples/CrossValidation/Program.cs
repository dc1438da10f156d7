using CompiledNets;
using CompiledNets.Data;
using CompiledNets.Samples;

// How well do networks do on what they have not seen? Each tenth of a table is judged by a network that was trained on the other nine,
// and that several times over, with tenths drawn anew.
SampleOptions options = SampleOptions.Parse(args, data: ["ionosphere.csv", "iris.csv"], epochs: 100, verbose: Verbose.Silent);

foreach (string file in options.Files)
{
    CsvData csv = CsvData.Read(file);
    LabelEncoder encoder = new();
    Dataset data = new(csv.Features(..^1), encoder.FitTransform(csv.Strings(^1)));
    RepeatedStratifiedKFold folds = new(splits: 10, repeats: options.Runs ?? 3, options.Seed);
    Console.WriteLine($"{Path.GetFileName(file)}: {data}, {folds.Splits} folds, drawn {folds.Repeats} times");
    List<double> accuracies = [];

    foreach ((Dataset train, Dataset test) in folds.Split(data))
    {
        // A new network for each fold, which learns the scale of its inputs from the rows that it may see.
        Model model = encoder.Classes.Count == 2 ? Binary(train, options.Seed) : Multiclass(train, options.Seed);
        model.Fit(train, batchSize: 32, options.Epochs, options.Verbose);
        accuracies.Add(model.Evaluate(test, verbose: Verbose.Silent)["accuracy"]);
        if (accuracies.Count % folds.Splits > 0) continue;
        Console.WriteLine(
            $"  Drawn {accuracies.Count / folds.Splits}: {SampleOptions.Spread("accuracy", [.. accuracies.TakeLast(folds.Splits)])}");
    }

    Console.WriteLine($"Mean over {accuracies.Count} folds: {SampleOptions.Spread("accuracy", accuracies)}");
}

static Model Binary(Dataset train, int seed)
{
    IonosphereNet model = new(seed);
    model.Normalization.Adapt(train.Features);
    model.Compile("adam", "binary_crossentropy", "accuracy");
    return model;
}

static Model Multiclass(Dataset train, int seed)
{
    IrisNet model = new(seed);
    model.Normalization.Adapt(train.Features);
    model.Compile("adam", "sparse_categorical_crossentropy", "accuracy");
    return model;
}

[Network]
[Input(34)]
[Normalization]
[Dense(50, Activation.Relu, KernelInitializer = Initializer.HeNormal)]
[BatchNormalization]
[Dropout(0.4)]
[Dense(10, Activation.Relu, KernelInitializer = Initializer.HeNormal)]
[Dense(1, Activation.Sigmoid)]
public sealed partial class IonosphereNet;

[Network]
[Input(4)]
[Normalization]
[Dense(20, Activation.Relu, KernelInitializer = Initializer.HeNormal)]
[BatchNormalization]
[Dropout(0.2)]
[Dense(8, Activation.Relu, KernelInitializer = Initializer.HeNormal)]
[Dense(3, Activation.Softmax)]
public sealed partial class IrisNet;
