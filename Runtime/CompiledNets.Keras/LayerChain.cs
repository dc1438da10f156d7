using System.Text.Json;

namespace CompiledNets.Keras;

/// <summary>A network whose layers stand one behind the other.</summary>
/// <param name="InputShape">Shape of a sample.</param>
/// <param name="Layers">The layers behind the input, in order.</param>
public sealed record LayerChain(IReadOnlyList<int> InputShape, IReadOnlyList<KerasObject> Layers)
{
    /// <summary>Reads Keras's own JSON of a network (<c>model.to_json()</c>), of any version.</summary>
    /// <param name="model">The JSON.</param>
    /// <exception cref="KerasUnsupportedException">It is no chain, or has no input shape.</exception>
    public static LayerChain Read(JsonElement model)
    {
        string kind = KerasObject.Read(model).ClassName;
        if (kind is not ("Sequential" or "Functional" or "Model")) throw new KerasUnsupportedException($"{kind} network");
        JsonElement config = model.TryGetProperty("config", out JsonElement given) ? given : default;
        JsonElement[] entries = Entries(kind, config);
        List<KerasObject> layers = [.. (kind == "Sequential" ? entries : FunctionalOrder.Of(entries, config)).Select(KerasObject.Read)];
        if (layers.Count == 0) throw new KerasUnsupportedException($"{kind} network without layers");

        // Without a layer for the input, Keras 3 notes the shape on the network and Keras 2 on the first layer.
        KerasObject first = layers[0];
        JsonElement? shape = first.Take("batch_shape") ?? first.Take("batch_input_shape");
        if (first.ClassName == "InputLayer")
        {
            first.RefuseRest();
            layers.RemoveAt(0);
        }
        else if (shape is null && config.ValueKind == JsonValueKind.Object && config.TryGetProperty("build_input_shape", out JsonElement built))
        {
            shape = built;
        }

        return new(SampleShape(kind, shape), layers);
    }

    // The first versions of Keras 2 write the layers of a Sequential without an object around them.
    private static JsonElement[] Entries(string kind, JsonElement config) => config switch
    {
        { ValueKind: JsonValueKind.Array } => [.. config.EnumerateArray()],
        { ValueKind: JsonValueKind.Object } when config.TryGetProperty("layers", out JsonElement layers) && layers.ValueKind == JsonValueKind.Array => [.. layers.EnumerateArray()],
        _ => throw new KerasUnsupportedException($"{kind} network without layers"),
    };

    private static int[] SampleShape(string kind, JsonElement? batchShape)
    {
        if (batchShape is not { ValueKind: JsonValueKind.Array } shape) throw new KerasUnsupportedException($"{kind} network without an input shape");
        return [.. shape.EnumerateArray().Skip(1).Select(axis => axis.ValueKind == JsonValueKind.Number ? axis.GetInt32() : throw new KerasUnsupportedException($"input of shape {JsonText.Of(shape)}"))];
    }
}
