using System.Text.Json;

namespace CompiledNets.Keras;

/// <summary>Follows a Functional network from its input to its output, where each layer has one before it and one behind it.</summary>
internal static class FunctionalOrder
{
    /// <summary>The layers in the order in which they are called.</summary>
    /// <param name="entries">The network's layers, in any order.</param>
    /// <param name="config">The network's config.</param>
    /// <exception cref="KerasUnsupportedException">They form no chain.</exception>
    public static IReadOnlyList<JsonElement> Of(IReadOnlyList<JsonElement> entries, JsonElement config)
    {
        List<JsonElement> order = [];
        Dictionary<string, JsonElement> behind = new(StringComparer.Ordinal);
        foreach (JsonElement entry in entries)
        {
            JsonElement[] calls = entry.TryGetProperty("inbound_nodes", out JsonElement nodes) && nodes.ValueKind == JsonValueKind.Array ? [.. nodes.EnumerateArray()] : [];
            if (calls.Length == 0) order.Add(entry);
            else if (calls.Length > 1 || Source(calls[0]) is not string source || !behind.TryAdd(source, entry)) throw NoChain();
        }

        if (order.Count != 1) throw NoChain();
        while (behind.Remove(Name(order[^1]), out JsonElement next)) order.Add(next);
        if (behind.Count > 0 || Output(config) != Name(order[^1])) throw NoChain();
        return order;
    }

    private static string Name(JsonElement entry) => entry.TryGetProperty("name", out JsonElement name) && name.ValueKind == JsonValueKind.String ? name.GetString()! : throw NoChain();

    // The one layer whose output a call takes; null where it takes several, or arguments. Keras 3 writes {"args": [tensor], "kwargs": {}}, Keras 2 [["name", 0, 0, {}]].
    private static string? Source(JsonElement call)
    {
        if (call.ValueKind == JsonValueKind.Array) return call.GetArrayLength() == 1 ? First(call[0]) : null;
        bool takesOne = call.ValueKind == JsonValueKind.Object
            && call.TryGetProperty("args", out JsonElement args) && args.ValueKind == JsonValueKind.Array && args.GetArrayLength() == 1
            && (!call.TryGetProperty("kwargs", out JsonElement named) || AsksForNothing(named));
        return takesOne && call.GetProperty("args")[0] is { ValueKind: JsonValueKind.Object } tensor && tensor.TryGetProperty("config", out JsonElement config)
            && config.TryGetProperty("keras_history", out JsonElement history) ? First(history) : null;
    }

    // ["name", 0, 0], and behind it nothing that the layer is called with.
    private static string? First(JsonElement node) =>
        node.ValueKind == JsonValueKind.Array && node.GetArrayLength() > 0 && node[0].ValueKind == JsonValueKind.String && (node.GetArrayLength() <= 3 || AsksForNothing(node[3]))
            ? node[0].GetString()
            : null;

    private static bool AsksForNothing(JsonElement named) =>
        named.ValueKind == JsonValueKind.Null || (named.ValueKind == JsonValueKind.Object && named.EnumerateObject().All(argument => argument.Value.ValueKind == JsonValueKind.Null));

    // [["name", 0, 0]], or ["name", 0, 0] where Keras 3 saw a single tensor.
    private static string? Output(JsonElement config)
    {
        if (!config.TryGetProperty("output_layers", out JsonElement outputs) || outputs.ValueKind != JsonValueKind.Array || outputs.GetArrayLength() == 0) return null;
        return outputs[0].ValueKind == JsonValueKind.String ? outputs[0].GetString() : outputs.GetArrayLength() == 1 ? First(outputs[0]) : null;
    }

    private static KerasUnsupportedException NoChain() => new("Functional network that is no chain");
}
