using CompiledNets;
using CompiledNets.Data;
using CompiledNets.Samples;

// What a network has learned serves another task: blocks of convolutions in the shape of VGG, trained to tell the digits 0 to 4, see 5 to 9
// with few examples. First all of them are frozen and new layers behind them train, then the last block, then the last two, and at last all
// is tuned by SGD with small steps. Digits are framed to 32 x 32 pixels with three channels, as the blocks of VGG want them.
SampleOptions options = SampleOptions.Parse(args, data: [], epochs: 6, imageSet: "mnist");
(Dataset train, Dataset test) = Mnist.LoadData(options.Folder, options.Verbose);
Dataset baseTrain = Digits(train, 0), newTrain = Digits(train, 5).Take(..500), newTest = Digits(test, 5);
Console.WriteLine($"The base sees {baseTrain}, the new digits are {newTrain}, tested with {newTest}");
List<double> accuracies = [];

foreach (int seed in options.Seeds)
{
    DigitsNet teacher = new(seed);
    teacher.Compile("adam", "sparse_categorical_crossentropy", "accuracy");
    teacher.Fit(baseTrain, batchSize: 64, options.Epochs, options.Verbose);

    Blocks learned = new(seed);
    learned.CopyWeightsFrom(teacher.Blocks);
    DigitsNet model = new(seed + 1);
    model.Blocks.CopyWeightsFrom(learned);
    double accuracy = 0;
    foreach ((string name, string[] trained, Optimizer optimizer) in (ReadOnlySpan<(string, string[], Optimizer)>)
        [
            ("All blocks frozen", [], new Adam()),
            ("Block 3 trains", ["blocks/block3_*"], new Adam()),
            ("Blocks 2 and 3 train", ["blocks/block2_*", "blocks/block3_*"], new Adam()),
            ("Tuned by SGD", ["blocks/block2_*", "blocks/block3_*"], new SGD(0.01, momentum: 0.9)),
        ])
    {
        model.SetTrainable("blocks/*", false);
        foreach (string pattern in trained) model.SetTrainable(pattern, true);
        model.Compile(optimizer, "sparse_categorical_crossentropy", "accuracy");
        model.Fit(newTrain, batchSize: 32, options.Epochs, options.Verbose);
        accuracy = model.Evaluate(newTest, verbose: Verbose.Silent)["accuracy"];
        Console.WriteLine($"{name}: {accuracy:F3}");
    }

    accuracies.Add(accuracy);
}

options.PrintMean("accuracy", accuracies);

// The digits from one to four above it, numbered from 0.
static Dataset Digits(Dataset digits, int first)
{
    float[] labels = [.. digits.Targets];
    int[] rows = [.. Enumerable.Range(0, digits.Count).Where(row => labels[row] >= first && labels[row] < first + 5)];
    return new(digits.Take(rows).Features, Array.ConvertAll(rows, row => labels[row] - first));
}

[Network]
[Input(28, 28, 1)]
[Apply<Blocks>(Name = "blocks")]
[Flatten]
[Dense(64, Activation.Relu)]
[Dense(5, Activation.Softmax)]
public sealed partial class DigitsNet;

[Network]
public sealed partial class Blocks
{
    [Input(28, 28, 1)]
    public partial Node Digit { get; }

    [From(nameof(Digit)), Rescaling(1 / 255.0), ZeroPadding2D(2)]
    public partial Node Grey { get; }

    [Concatenate(nameof(Grey), nameof(Grey), nameof(Grey))]
    [Conv2D(8, 3, Activation.Relu, Padding = Padding.Same, Name = "block1_conv1"), MaxPooling2D(2)]
    [Conv2D(16, 3, Activation.Relu, Padding = Padding.Same, Name = "block2_conv1"), MaxPooling2D(2)]
    [Conv2D(32, 3, Activation.Relu, Padding = Padding.Same, Name = "block3_conv1"), MaxPooling2D(2), Output]
    public partial Node Seen { get; }
}
