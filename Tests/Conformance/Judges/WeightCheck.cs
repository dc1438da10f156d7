using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using CompiledNets.Harness.Goldens;

namespace CompiledNets.Conformance.Judges;

/// <summary>
/// Holds the weights of a network to what a golden says of them: names, order, which train, how many numbers; and gives them the golden's
/// values.
/// </summary>
internal static partial class WeightCheck
{
    /// <summary>Assigns the arrays <c>PREFIX0</c>, <c>PREFIX1</c>, ... to the weights, in Keras's order.</summary>
    /// <returns>False where the weights are others than Keras's, so that nothing can be compared.</returns>
    public static bool Assign(Model network, GoldenCase golden, string prefix, Comparison comparison)
    {
        IReadOnlyList<NamedArray> weights = golden.Numbered(prefix);
        if (golden.Part("weights") is not { ValueKind: JsonValueKind.Array } paths)
        {
            // Weights that the layer learns from data are not given.
            if (weights.Count > 0) comparison.Fail("the case names no weights");
            return weights.Count == 0;
        }

        string[] keras = [.. paths.EnumerateArray().Select(path => path.GetString()!)];
        string[] own = [.. network.Weights.Select(weight => weight.Name)];
        bool areThose = keras.Length == own.Length && keras.Zip(own)
            .All(pair => ("/" + pair.First).EndsWith("/" + pair.Second, StringComparison.Ordinal)
            || NameOf(pair.First) == Numbered().Replace(pair.Second, "cell_"));
        if (!areThose || weights.Count != own.Length)
        {
            comparison.Fail(
                $"Keras has the weights ({string.Join(", ", keras.Select(path => path[(path.LastIndexOf('/') + 1)..]))}), of which " +
                $"{weights.Count.ToString(CultureInfo.InvariantCulture)} are given, the network ({string.Join(", ", own)})");
            return false;
        }

        if (golden.Part("trainable") is { ValueKind: JsonValueKind.Array } trainable
            && !trainable.EnumerateArray().Select(value => value.GetBoolean())
            .SequenceEqual(network.Weights.Select(weight => weight.Trainable)))
            comparison.Fail(
                $"Keras trains {trainable}, the network {string.Join(", ", network.Weights.Select(weight => weight.Trainable))}");
        int count = network.Layers.Sum(layer => layer.ParameterCount);
        if (golden.Part("parameters") is { ValueKind: JsonValueKind.Number } parameters && parameters.GetInt32() != count)
            comparison.Fail(string.Create(CultureInfo.InvariantCulture,
                $"Keras counts {parameters.GetInt32()} parameters, the network {count}"));
        for (int i = 0; i < weights.Count; i++) network.Weights[i].Assign(weights[i].ToTensor());
        return true;
    }

    // Weights of a direction, and of one of several cells, are called after it: forward_kernel, lstm_cell_kernel.
    private static string NameOf(string path)
    {
        string[] parts = path.Split('/');
        string name = parts[^1];
        if (Array.Find(parts, part => part.StartsWith("forward_", StringComparison.Ordinal)) is not null) return "forward_" + name;
        if (Array.Find(parts, part => part.StartsWith("backward_", StringComparison.Ordinal)) is not null) return "backward_" + name;
        return Array.Exists(parts, part => part.StartsWith("stacked_rnn_cells", StringComparison.Ordinal))
            ? Numbered().Replace(parts[^2] + "_", "cell_") + name : name;
    }

    [GeneratedRegex("cell_\\d+_")]
    private static partial Regex Numbered();
}
