using System.Globalization;
using System.Runtime.InteropServices;
using CompiledNets;

// Saves without end, each time other numbers.
if (args is ["save", var path])
{
    SavedNet saved = new(seed: 1);
    saved.Compile(new Adam(), "mean_squared_error");
    for (int number = 1; ; number++)
    {
        foreach (ModelWeight weight in saved.Weights)
        {
            float[] numbers = new float[weight.Values.Length];
            Array.Fill(numbers, number);
            weight.Assign(numbers);
        }

        if (path.EndsWith(".weights.h5", StringComparison.Ordinal)) saved.SaveWeights(path);
        else saved.Save(path);
        if (number == 1) Console.WriteLine("saved");
    }
}

// Trains with a backup of each batch, and prints the bits of the weights; without a folder, without a backup.
float[,] x = new float[90, 4];
float[] y = new float[90];
for (int i = 0; i < y.Length; i++)
{
    for (int k = 0; k < 4; k++) x[i, k] = MathF.Sin((7 * i) + k);
    y[i] = x[i, 0] * x[i, 1] > 0 ? 1 : 0;
}

InterruptedNet model = new(seed: 3);
model.Compile(new Adam(new CosineDecay(0.05, decaySteps: 40)) { UseEma = true }, "binary_crossentropy");
Callback[] callbacks = args.Length == 0 ? [] : [new BackupAndRestore(args[0], saveFreq: "1")];
// Slow enough to be met in the midst of it.
LambdaCallback slow = new(onTrainBatchEnd: (_, _) => Thread.Sleep(args.Length == 0 ? 0 : 5));
model.Fit(x, y, batchSize: 16, epochs: 5, verbose: Verbose.Silent, callbacks: [.. callbacks, slow]);
foreach (ModelWeight weight in model.Weights)
    foreach (int bits in MemoryMarshal.Cast<float, int>(weight.Values)) Console.Write(bits.ToString("x8", CultureInfo.InvariantCulture));
Console.WriteLine();

/// <summary>A network with random masks and moments of batches.</summary>
[Network]
[Input(4)]
[Dense(12, Activation.Relu)]
[BatchNormalization]
[Dropout(0.3)]
[Dense(1, Activation.Sigmoid)]
internal sealed partial class InterruptedNet;

/// <summary>A network that takes a while to write.</summary>
[Network]
[Input(256)]
[Dense(512)]
[Dense(256)]
internal sealed partial class SavedNet;
