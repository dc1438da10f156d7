using System.Numerics.Tensors;
using CompiledNets.Data;
using CompiledNets.Execution;
using CompiledNets.Files;

namespace CompiledNets.Tool;

/// <summary>Inputs and expected outputs of the test.</summary>
internal static class TestNumbers
{
    /// <summary>One sample of each input, and what the network predicts for it.</summary>
    /// <exception cref="ImportException">The network predicts no numbers.</exception>
    public static Dictionary<string, Tensor<float>> Predicted(Model model)
    {
        // The same numbers each time: a second import writes the same bytes.
        Random random = new(1);
        Dictionary<string, Tensor<float>> numbers = new(StringComparer.Ordinal);
        List<Samples> inputs = [];
        foreach (PortDescription input in model.GetDescription().Inputs)
        {
            float[] values = new float[input.Shape.Aggregate(1, (size, axis) => size * axis)];
            for (int i = 0; i < values.Length; i++) values[i] = input.Limit > 0 ? random.Next(input.Limit) : random.NextSingle();
            var tensor = Tensor.Create(values, [1, .. input.Shape.Select(axis => (nint)axis)]);
            numbers.Add(Name('x', inputs.Count), tensor);
            inputs.Add(new(tensor));
        }

        Tensor<float>[] outputs = model.Predict(inputs);
        for (int i = 0; i < outputs.Length; i++)
        {
            if (!Numbers(outputs[i]).All(float.IsFinite))
                throw new ImportException(
                    "The network gives numbers that are not finite for numbers from 0 to 1; bring inputs of your own with --expected.");
            numbers.Add(Name('y', i), outputs[i]);
        }

        return numbers;
    }

    /// <summary>Inputs and outputs of Keras.</summary>
    /// <param name="path">The file.</param>
    /// <param name="model">The network.</param>
    /// <exception cref="ImportException">One is missing.</exception>
    public static Dictionary<string, Tensor<float>> Read(string path, Model model)
    {
        IReadOnlyDictionary<string, Tensor<float>> all = NpzFile.Read(path);
        NetworkDescription network = model.GetDescription();
        Dictionary<string, Tensor<float>> numbers = new(StringComparer.Ordinal);
        foreach (string name in Enumerable.Range(0, network.Inputs.Length).Select(i => Name('x', i))
            .Concat(Enumerable.Range(0, network.Outputs.Length).Select(i => Name('y', i))))
        {
            if (!all.TryGetValue(name, out Tensor<float>? tensor))
                throw new ImportException($"{path}: expected all inputs x0, ... and outputs y0, ... of the network. " +
                    $"Received no '{name}', but {string.Join(", ", all.Keys)}.");
            numbers.Add(name, tensor);
        }

        return numbers;
    }

    /// <summary>The largest difference of what the network predicts.</summary>
    /// <exception cref="ImportException">The inputs do not fit.</exception>
    public static double LargestDifference(Model model, Dictionary<string, Tensor<float>> numbers)
    {
        NetworkDescription network = model.GetDescription();
        Tensor<float>[] outputs;
        try
        {
            outputs = model.Predict([.. network.Inputs.Select((_, i) => new Samples(numbers[Name('x', i)]))]);
        }
        catch (ArgumentException exception)
        {
            throw new ImportException($"The expected inputs do not fit the network. {exception.Message}");
        }

        return outputs.SelectMany((output, i) => Numbers(output).Zip(Numbers(numbers[Name('y', i)]), (a, b) => Math.Abs((double)a - b)))
            .Append(0).Max();
    }

    private static string Name(char kind, int number) => FormattableString.Invariant($"{kind}{number}");

    private static float[] Numbers(Tensor<float> tensor)
    {
        float[] numbers = new float[tensor.FlattenedLength];
        tensor.FlattenTo(numbers);
        return numbers;
    }
}
