using CompiledNets;
using CompiledNets.Data;
using CompiledNets.Samples;

// Handwritten digits: which of ten is it? The program brings the first 6,000 images to train on and the first 1,000 to test with; --full
// takes all 70,000.
SampleOptions options = SampleOptions.Parse(args, data: [], epochs: 10, imageSet: "mnist");
(Dataset train, Dataset test) = Mnist.LoadData(options.Folder, options.Verbose);
Console.WriteLine($"Train: {train}, test: {test}");
ImageGrid.Save("mnist.png", train.Take(..25).Features, columns: 5, scale: 2);
List<double> accuracies = [];

foreach (int seed in options.Seeds)
{
    DigitNet model = new(seed);
    model.Compile("adam", "sparse_categorical_crossentropy", "accuracy");
    model.Fit(train, batchSize: 128, options.Epochs, options.Verbose);

    double accuracy = model.Evaluate(test, verbose: Verbose.Silent)["accuracy"];
    Console.WriteLine($"Accuracy: {accuracy:F3}");
    Console.WriteLine($"Predicted: class={model.PredictClasses(train.Take(..1).Features)[0]}");
    accuracies.Add(accuracy);
}

options.PrintMean("accuracy", accuracies);

[Network]
[Input(28, 28, 1)]
[Rescaling(1 / 255.0)]
[Conv2D(32, 3, Activation.Relu, KernelInitializer = Initializer.HeUniform)]
[MaxPooling2D(2)]
[Flatten]
[Dense(100, Activation.Relu, KernelInitializer = Initializer.HeUniform)]
[Dropout(0.5)]
[Dense(10, Activation.Softmax)]
public sealed partial class DigitNet;
