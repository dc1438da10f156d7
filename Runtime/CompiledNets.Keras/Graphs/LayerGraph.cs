using System.Text.Json;

namespace CompiledNets.Keras.Graphs;

/// <summary>A value of a graph: an input, or what a layer gives for what it is called with.</summary>
internal abstract class GraphValue;

/// <summary>An input of a network.</summary>
/// <param name="name">Its name.</param>
/// <param name="shape">Shape of a sample.</param>
internal sealed class GraphInput(string name, IReadOnlyList<int> shape) : GraphValue
{
    /// <summary>Its name.</summary>
    public string Name { get; } = name;

    /// <summary>Shape of a sample.</summary>
    public IReadOnlyList<int> Shape { get; } = shape;
}

/// <summary>One call of a layer.</summary>
/// <param name="layer">The layer.</param>
/// <param name="values">What it is called with, masks aside.</param>
/// <param name="masks">The masks, by the argument of the attribute that names them.</param>
internal sealed class LayerCall(GraphLayer layer, IReadOnlyList<GraphValue> values,
    IReadOnlyList<(string Argument, GraphValue Value)> masks) : GraphValue
{
    /// <summary>The masks, by the argument of the attribute that names them.</summary>
    public IReadOnlyList<(string Argument, GraphValue Value)> Masks { get; } = masks;

    /// <summary>The layer.</summary>
    public GraphLayer Layer { get; } = layer;

    /// <summary>What it is called with, masks last.</summary>
    public IReadOnlyList<GraphValue> Inputs { get; } = [.. values, .. masks.Select(mask => mask.Value)];
}

/// <summary>Another result of a call than the first.</summary>
/// <param name="call">The call.</param>
/// <param name="output">What nodes take it by.</param>
internal sealed class LayerResult(LayerCall call, string output) : GraphValue
{
    /// <summary>The call.</summary>
    public LayerCall Call { get; } = call;

    /// <summary>What nodes take it by.</summary>
    public string Output { get; } = output;
}

/// <summary>A layer, which may be called several times.</summary>
/// <param name="config">Its class and arguments.</param>
/// <param name="models">Names of the nested networks around it, outermost first.</param>
/// <param name="isFrozen">Whether a network around it is frozen.</param>
internal sealed class GraphLayer(KerasObject config, IReadOnlyList<string> models, bool isFrozen)
{
    /// <summary>Its class and arguments.</summary>
    public KerasObject Config { get; } = config;

    /// <summary>Names of the nested networks around it, outermost first.</summary>
    public IReadOnlyList<string> Models { get; } = models;

    /// <summary>Whether a network around it is frozen.</summary>
    public bool IsFrozen { get; } = isFrozen;

    /// <summary>Arguments of the attribute that its calls ask for: <c>UseCausalMask</c>; null before the first call.</summary>
    public IReadOnlyList<string>? Asked { get; set; }

    /// <summary>Its name in the innermost network around it; null where it has none.</summary>
    public string? Name => Config.Text("name");
}

/// <summary>A network of Keras with all that is nested in it laid open.</summary>
/// <param name="Inputs">The inputs, in Keras's order.</param>
/// <param name="Calls">
/// The calls, each after those whose results it takes; first calls are in the order in which Keras has the layers, and with them their
/// weights.
/// </param>
/// <param name="Outputs">Name and value of each output, in Keras's order.</param>
internal sealed record LayerGraph(IReadOnlyList<GraphInput> Inputs, IReadOnlyList<LayerCall> Calls,
    IReadOnlyList<(string Name, GraphValue Value)> Outputs)
{
    /// <summary>Whether each layer takes what the one before it gives, and the last gives the output.</summary>
    public bool IsChain => Inputs.Count == 1 && Outputs.Count == 1 && Calls.Count > 0 && Outputs[0].Value == Calls[^1]
        && Calls.Select(call => call.Layer).Distinct().Count() == Calls.Count
        && Calls.Select((call, i) => call.Inputs.Count == 1 && (i == 0 ? call.Inputs[0] == Inputs[0] : call.Inputs[0] == Calls[i - 1]))
            .All(follows => follows);

    /// <summary>Reads Keras's own JSON of a network (<c>model.to_json()</c>), of any version.</summary>
    /// <param name="model">The JSON.</param>
    /// <exception cref="KerasUnsupportedException">It has no input shape, or something in it cannot be had.</exception>
    public static LayerGraph Read(JsonElement model) => Of(Part(model));

    /// <summary>The network as it is nested.</summary>
    /// <exception cref="KerasUnsupportedException">It is no network.</exception>
    public static GraphPart Part(JsonElement model)
    {
        GraphPart part = GraphPart.Read(model, [], isFrozen: false);
        return part is LayerPart ? throw new KerasUnsupportedException($"{KerasObject.Read(model).ClassName} network") : part;
    }

    /// <summary>Lays a network open.</summary>
    /// <param name="part">The network.</param>
    /// <param name="inputShapes">Shapes of samples, for axes of which the network tells no length; null for none.</param>
    /// <exception cref="KerasUnsupportedException">It has no input shape, or something in it cannot be had.</exception>
    public static LayerGraph Of(GraphPart part, IReadOnlyList<int[]>? inputShapes = null)
    {
        GraphInput[] inputs = [.. part.Inputs.Select((input, i) => new GraphInput(input.Name,
            SampleShape(part, input.BatchShape, i < inputShapes?.Count ? inputShapes[i] : null)))];
        List<LayerCall> calls = [];
        IReadOnlyList<GraphValue> outputs = part.Apply(inputs, calls);
        if (calls.Count == 0) throw new KerasUnsupportedException($"{part.ClassName} network without layers");
        return new(inputs, calls, [.. Unique(part.OutputNames).Zip(outputs)]);
    }

    private static int[] SampleShape(GraphPart part, JsonElement? batchShape, int[]? given)
    {
        if (batchShape is not { ValueKind: JsonValueKind.Array } shape)
            throw new KerasUnsupportedException($"{part.ClassName} network without an input shape");
        JsonElement[] axes = [.. shape.EnumerateArray().Skip(1)];
        return [.. axes.Select((axis, i) => axis switch
        {
            { ValueKind: JsonValueKind.Number } when axis.TryGetInt32(out int size) => size,
            { ValueKind: JsonValueKind.Null } when given?.Length == axes.Length => given[i],
            _ => throw new KerasUnsupportedException($"input of shape {JsonText.Of(shape)}"),
        })];
    }

    // A layer may give several outputs; Keras numbers all after the first.
    private static IEnumerable<string> Unique(IReadOnlyList<string> names)
    {
        HashSet<string> taken = new(StringComparer.Ordinal);
        foreach (string name in names)
        {
            string own = name;
            for (int i = 1; !taken.Add(own); i++) own = $"{name}_{i}";
            yield return own;
        }
    }
}
