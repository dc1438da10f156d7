using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using CompiledNets.Keras.Architecture;
using CompiledNets.Keras.Graphs;
using CompiledNets.Keras.Layers;

namespace CompiledNets.Keras.Files;

/// <summary>
/// Holds the network of a file against that of a class: layers with their arguments, what they are applied to, inputs and outputs. How
/// weights begin, and how layers are called, make no difference once there are weights.
/// </summary>
internal static class ArchitectureComparison
{
    /// <summary>Layers that give the same whichever of their inputs comes first.</summary>
    private static readonly HashSet<string> Commutative =
        new(StringComparer.Ordinal) { "Add", "Average", "Maximum", "Minimum", "Multiply" };

    /// <summary>Each difference, as a sentence; none where the networks are the same.</summary>
    /// <param name="network">The network of the class.</param>
    /// <param name="part">That of the file.</param>
    /// <param name="file">Its layers, with those of the class that they belong to.</param>
    public static IReadOnlyList<string> Differences(Model network, GraphPart part, FileLayer file)
    {
        var saved = SavedNetwork.Of(network);
        using var json = JsonDocument.Parse(Text(NetworkConfig.Of(saved, hasModules: true)));
        GraphPart declared = LayerGraph.Part(json.RootElement);
        // What calls ask for is known of layers that are called.
        var own = LayerGraph.Of(declared);
        Dictionary<ModelLayer, GraphLayer> ofClass = [];
        foreach ((SavedMember leaf,
            FileLayer layer) in saved.Leaves.Zip(FileLayer.Of(declared).Leaves.Where(leaf => leaf.Graph is not null)))
            ofClass.TryAdd(leaf.Layer!, layer.Graph!);

        List<string> differences = [];
        Dictionary<GraphLayer, string> fileNames = [], classNames = ofClass.ToDictionary(pair => pair.Value, pair => pair.Key.Name);
        HashSet<ModelLayer> found = [];
        foreach (FileLayer leaf in file.Leaves.Where(leaf => leaf.Graph is not null))
        {
            if (leaf.Target is not { } target)
            {
                differences.Add($"layer '{leaf.Name}' ({leaf.ClassName}) of the file is not in the class.");
                continue;
            }

            found.Add(target);
            fileNames[leaf.Graph!] = target.Name;
            string theirs = Attribute(leaf.Graph!), ours = Attribute(ofClass[target]);
            if (theirs != ours) differences.Add($"layer '{target.Name}': the file has {theirs}, the class has {ours}.");
        }

        differences.AddRange(network.Layers.Where(layer => !found.Contains(layer))
            .Select(layer => $"layer '{layer.Name}' ({layer.Type}) of the class is not in the file."));
        if (differences.Count > 0) return differences;
        Wiring(LayerGraph.Of(part, KerasFile.ShapesOf(network)), fileNames, own, classNames, differences);
        return differences;
    }

    private static string Attribute(GraphLayer layer) => LayerSources.Of(layer, "layer", isWritten: false).WithoutInitializers();

    private static void Wiring(LayerGraph file, Dictionary<GraphLayer, string> fileNames, LayerGraph own, Dictionary<GraphLayer,
        string> ownNames, List<string> differences)
    {
        string[] inputs = [.. file.Inputs.Select(input => Shape(input.Shape))],
            ownInputs = [.. own.Inputs.Select(input => Shape(input.Shape))];
        if (!inputs.SequenceEqual(ownInputs))
            differences.Add($"the file takes {string.Join(", ", inputs)}, the class {string.Join(", ", ownInputs)}.");
        string[] calls = Calls(file, fileNames), ownCalls = Calls(own, ownNames);
        foreach (string call in calls.Except(ownCalls)) differences.Add($"the file has {call}, the class has not.");
        foreach (string call in ownCalls.Except(calls)) differences.Add($"the class has {call}, the file has not.");
    }

    // dense_1(dense), once for each call and output.
    private static string[] Calls(LayerGraph graph, Dictionary<GraphLayer, string> names)
    {
        Dictionary<GraphValue, string> values = [];
        for (int i = 0; i < graph.Inputs.Count; i++)
            values[graph.Inputs[i]] = string.Create(CultureInfo.InvariantCulture, $"input {i + 1}");
        List<string> calls = [];
        foreach (LayerCall call in graph.Calls)
        {
            IEnumerable<string> inputs = call.Inputs.Select(NameOf);
            if (Commutative.Contains(call.Layer.Config.ClassName)) inputs = inputs.Order(StringComparer.Ordinal);
            string name = names.GetValueOrDefault(call.Layer, call.Layer.Config.ClassName);
            calls.Add($"{name}({string.Join(", ", inputs)})");
            int again = calls.Count(other => other.StartsWith(name + "(", StringComparison.Ordinal));
            values[call] = again == 1 ? name : string.Create(CultureInfo.InvariantCulture, $"call {again} of {name}");
        }

        return [.. calls,
            .. graph.Outputs.Select((output, i) =>
            string.Create(CultureInfo.InvariantCulture, $"the output {i + 1} of {NameOf(output.Value)}"))];

        string NameOf(GraphValue value) => value is LayerResult result ? $"{result.Output} of {values[result.Call]}" : values[value];
    }

    private static string Shape(IReadOnlyList<int> shape) => $"({string.Join(", ", shape)})";

    private static byte[] Text(JsonObject json)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream)) json.WriteTo(writer);
        return stream.ToArray();
    }
}
