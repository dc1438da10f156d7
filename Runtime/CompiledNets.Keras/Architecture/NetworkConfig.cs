using System.Text.Json.Nodes;

namespace CompiledNets.Keras.Architecture;

/// <summary>Networks as Keras's JSON.</summary>
internal static class NetworkConfig
{
    /// <summary>The JSON of a network: <c>config.json</c>, or <c>model_config</c> of <c>.h5</c>, whose layers say no module.</summary>
    /// <param name="network">The network.</param>
    /// <param name="hasModules">Whether layers say their modules.</param>
    public static JsonObject Of(SavedNetwork network, bool hasModules)
    {
        JsonObject config = new() { ["name"] = network.Name, ["trainable"] = true };
        JsonArray layers = [];
        config["layers"] = layers;
        if (network.IsChain) layers.Add((JsonNode)Entry(network.Inputs[0], hasModules));
        foreach (SavedMember member in network.Members)
        {
            JsonObject entry = Entry(member, hasModules);
            if (!network.IsChain)
            {
                entry["name"] = member.Name;
                entry["inbound_nodes"] = new JsonArray([.. member.Calls.Select(call => (JsonNode?)Node(member, call))]);
            }

            layers.Add((JsonNode)entry);
        }

        if (!network.IsChain)
        {
            config["input_layers"] = new JsonArray([.. network.Inputs.Select(input => (JsonNode?)new JsonArray(input.Name, 0, 0))]);
            config["output_layers"] = new JsonArray([.. network.Outputs.Select(output => (JsonNode?)Reference(output))]);
        }

        JsonObject json = [];
        if (hasModules) json["module"] = network.IsChain ? "keras" : "keras.src.models.functional";
        json["class_name"] = network.IsChain ? "Sequential" : "Functional";
        json["config"] = config;
        if (hasModules) json["registered_name"] = network.IsChain ? null : "Functional";
        return json;
    }

    private static JsonObject Entry(SavedMember member, bool hasModules)
    {
        if (member.Network is { } inner) return Of(inner, hasModules);
        JsonObject entry = [];
        if (hasModules) entry["module"] = "keras.layers";
        entry["class_name"] = member.ClassName;
        entry["config"] = member.InputShape is { } shape
            ? new JsonObject
            {
                [hasModules ? "batch_shape" : "batch_input_shape"] = Shape(shape),
                ["dtype"] = "float32",
                ["name"] = member.Name
            }
            : LayerConfig.Of(member);
        if (hasModules) entry["registered_name"] = null;
        else if (entry["config"]!["axis"] is JsonArray)
            throw new NotSupportedException(
                $"Keras loses the axes of '{member.Name}' in .h5, as it does those of each layer of several; save to .keras.");
        // By the names under which both are made.
        if (hasModules && member.ClassName == "GroupedQueryAttention") entry["class_name"] = "GroupQueryAttention";
        if (hasModules && member.ClassName == "PositionEmbedding") OfKerasHub(entry, member.ClassName);
        return entry;
    }

    private static JsonObject Node(SavedMember member, IReadOnlyList<(SavedMember Member, int Call, int Output)> inputs) =>
        CallConfig.Of(member, [.. inputs.Select(input => new JsonObject
        {
            ["class_name"] = "__keras_tensor__",
            ["config"] = new JsonObject { ["shape"] = new JsonArray(), ["dtype"] = "float32", ["keras_history"] = Reference(input) },
        })]);

    private static void OfKerasHub(JsonObject entry, string className)
    {
        entry["module"] = "keras_hub.src.layers.modeling.position_embedding";
        entry["registered_name"] = "keras_hub>" + className;
    }

    private static JsonArray Reference((SavedMember Member, int Call, int Output) value) =>
        new(value.Member.Name, value.Call, value.Output);

    private static JsonArray Shape(int[] shape) => new([null, .. shape.Select(axis => (JsonNode?)JsonValue.Create(axis))]);
}
