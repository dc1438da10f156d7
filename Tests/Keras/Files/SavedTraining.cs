using System.Numerics.Tensors;
using CompiledNets.Data;
using CompiledNets.Execution;
using CompiledNets.Files;
using CompiledNets.Harness;

namespace CompiledNets.Keras.Tests.Files;

/// <summary>A network that has trained a little, saved in each form and read again.</summary>
internal static class SavedTraining
{
    private const int Count = 20;

    /// <summary>The endings of Keras's three forms.</summary>
    public static readonly string[] Endings = [".keras", ".h5", ".weights.h5"];

    /// <summary>A network with an optimizer and a loss for each output.</summary>
    public static Model Compiled(CompiledNetworks networks, string name, Optimizer optimizer, int seed = 1)
    {
        Model model = networks.Create(name, seed);
        Loss[] losses =
            [.. model.GetDescription().Outputs.Select((_, i) => i == 0 ? new MeanSquaredError() : (Loss)new BinaryCrossentropy())];
        model.Compile(optimizer, losses);
        return model;
    }

    /// <summary>Trains a network on random numbers.</summary>
    public static void Train(Model model, int epochs = 3)
    {
        Samples[] x = [.. model.GetDescription().Inputs.Select((port, i) => Random(port, (ulong)i))];
        Samples[] y = [.. model.GetDescription().Outputs.Select((port, i) => Random(port, 20 + (ulong)i))];
        model.Fit(x, y, 8, epochs, Verbose.Silent);
    }

    /// <summary>Saves a network in one form and reads it into another one of its class.</summary>
    /// <param name="model">The network, trained.</param>
    /// <param name="path">The file to write.</param>
    /// <param name="again">The other network; it has to be compiled for a file of weights alone.</param>
    /// <returns>What of weights, state, rates and random numbers is another one, a line each.</returns>
    public static IEnumerable<string> Differences(Model model, string path, Model again)
    {
        model.Save(path);
        if (path.EndsWith(".weights.h5", StringComparison.Ordinal)) Assert.True(again.LoadWeights(path).IsComplete);
        else Load(again, path);
        foreach ((ModelWeight first, ModelWeight second) in model.Weights.Zip(again.Weights))
            if (!Same(first.Values, second.Values)) yield return $"{path}: {first.Path}";
        if (!Rates(model).SequenceEqual(Rates(again))) yield return $"{path}: {model.Optimizer!.Schedule!.GetType().Name}";
        TrainingState expected = model.GetTrainingState()!;
        if (again.GetTrainingState() is not { } actual)
        {
            yield return $"{path}: not compiled";
            yield break;
        }

        if (expected.Iteration != actual.Iteration || expected.LearningRate != actual.LearningRate || expected.Random != actual.Random)
            yield return $"{path}: {expected.Iteration} {expected.LearningRate} {expected.Random}, but {actual.Iteration} " +
                $"{actual.LearningRate} {actual.Random}";
        if (expected.Variables.Count != actual.Variables.Count)
            yield return $"{path}: {expected.Variables.Count} variables of the optimizer, but {actual.Variables.Count}";
        foreach ((OptimizerVariable first, OptimizerVariable second) in expected.Variables.Zip(actual.Variables))
            if (first.Weight != second.Weight || first.Name != second.Name || !Same(first.Values.Span, second.Values.Span))
                yield return $"{path}: {first.Name} of {first.Weight}";
    }

    // What the compiler's Load does.
    private static void Load(Model model, string path)
    {
        using FileStream stream = File.OpenRead(path);
        ModelFormat format = path.EndsWith(".keras", StringComparison.Ordinal) ? new Keras.Files.KerasZipFormat()
            : new Keras.Files.KerasHdf5Format();
        format.ReadWhole(model, stream);
    }

    // Bit for bit: what is not a number is itself too.
    private static bool Same(ReadOnlySpan<float> first, ReadOnlySpan<float> second) =>
        System.Runtime.InteropServices.MemoryMarshal.AsBytes(first)
            .SequenceEqual(System.Runtime.InteropServices.MemoryMarshal.AsBytes(second));

    private static double[] Rates(Model model) => model.Optimizer?.Schedule is { } schedule
        ? [.. new long[] { 0, 1, 4, 9, 20 }.Select(schedule.Rate)] : [];

    // Indices where a port takes them.
    private static Samples Random(PortDescription port, ulong seed)
    {
        float[] numbers = new float[Count * port.Shape.Aggregate(1, (size, axis) => size * axis)];
        new Initializers.RandomUniform(0, 1).Fill(numbers, [numbers.Length], seed);
        if (port.Limit > 0) numbers = [.. numbers.Select(number => MathF.Floor(number * port.Limit))];
        return new(Tensor.Create(numbers, [Count, .. port.Shape.Select(axis => (nint)axis)]));
    }
}
