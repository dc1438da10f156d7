using System.Numerics.Tensors;
using CompiledNets;
using CompiledNets.Data;
using CompiledNets.Samples;

// A network that draws what it is shown, through a waist of 32 numbers: convolutions narrow a digit down, and transposed ones widen it
// again.
const int Shown = 10;
SampleOptions options = SampleOptions.Parse(args, data: [], epochs: 10, imageSet: "mnist");
(Dataset train, Dataset test) = Mnist.LoadData(options.Folder, options.Verbose);
Tensor<float> digits = Images(train), testDigits = Images(test);
Console.WriteLine($"Train: {train.Count} digits, test: {test.Count}");
List<double> errors = [];

foreach (int seed in options.Seeds)
{
    AutoencoderNet model = new(seed);
    model.Compile("adam", "mse");
    model.Fit(digits, digits, batchSize: 64, epochs: options.Epochs, verbose: options.Verbose);

    double error = model.Evaluate(testDigits, testDigits, verbose: Verbose.Silent)["loss"];
    Console.WriteLine($"Reconstruction error: {error:F4} (mean squared, of pixels from 0 to 1)");
    errors.Add(error);

    // The digits above, and what is drawn of them below.
    Dataset shown = new(testDigits, testDigits);
    Tensor<float> inputs = shown.Take(..Shown).Features;
    ImageGrid.Save("autoencoder.png", Tensor.Concatenate<float>([inputs, model.Predict(inputs)]), columns: Shown, scale: 2, high: 1);
}

options.PrintMean("error", errors);

// Pixels from 0 to 1, and the one channel that convolutions want.
static Tensor<float> Images(Dataset set) => Tensor.Reshape(Tensor.Divide(set.Features, 255f), [set.Count, 28, 28, 1]);

[Network]
[Input(28, 28, 1)]
[Conv2D(8, 3, Activation.Relu, Strides = [2], Padding = Padding.Same)]
[Conv2D(16, 3, Activation.Relu, Strides = [2], Padding = Padding.Same)]
[Flatten]
[Dense(32, Name = "waist")]
[Dense(7 * 7 * 16, Activation.Relu)]
[Reshape(7, 7, 16)]
[Conv2DTranspose(8, 3, Activation.Relu, Strides = [2], Padding = Padding.Same)]
[Conv2DTranspose(1, 3, Activation.Sigmoid, Strides = [2], Padding = Padding.Same)]
public sealed partial class AutoencoderNet;
