using System.Diagnostics;
using System.Numerics.Tensors;
using CompiledNets;
using CompiledNets.Data;
using CompiledNets.Initializers;
using CompiledNets.Samples;

// A network is trained and saved by one process, and loaded by another, which goes on with it: SaveAndLoad load FILE.
const string Load = "load";
if (args is [Load, var saved])
{
    var loaded = SavedNet.Load(saved);
    Tensor<float> x = Examples.Of(seed: 1).Features;
    Console.WriteLine($"Predicted: {loaded.Predict(x)[0, 0]:F3}");
    Console.WriteLine($"It goes on after {loaded.Optimizer!.Iterations} steps.");
    return;
}

SampleOptions options = SampleOptions.Parse(args, [], epochs: 100, Verbose.Silent);
Dataset data = Examples.Of(seed: 1);
SavedNet model = new(options.Seed);
model.Compile(new SGD(learningRate: 0.001, momentum: 0.8), "binary_crossentropy");
model.Fit(data, batchSize: 32, options.Epochs, options.Verbose, validationSplit: 0.3);
Console.WriteLine($"Predicted: {model.Predict(data.Features)[0, 0]:F3}");

string path = Path.Combine(Path.GetTempPath(), $"compilednets-{Environment.ProcessId}.keras");
model.Save(path);
try
{
    using Process second = Process.Start(Environment.ProcessPath!, [Load, path]);
    second.WaitForExit();
    Environment.ExitCode = second.ExitCode;
}
finally
{
    File.Delete(path);
}

/// <summary>A thousand points of four features, of two classes that lie apart.</summary>
internal static class Examples
{
    public static Dataset Of(ulong seed)
    {
        float[] numbers = new float[4000], classes = new float[1000];
        new RandomNormal(stddev: 1).Fill(numbers, [1000, 4], seed);
        for (int i = 0; i < classes.Length; i++)
        {
            classes[i] = i % 2;
            for (int k = 0; k < 4; k++) numbers[(4 * i) + k] += classes[i] * (k % 2 == 0 ? 1 : -1);
        }

        return new(Tensor.Create(numbers, [1000, 4]), Tensor.Create(classes, [1000, 1]));
    }
}

[Network]
[Input(4)]
[Dense(10, Activation.Relu, KernelInitializer = Initializer.HeNormal)]
[Dense(1, Activation.Sigmoid)]
public sealed partial class SavedNet;
