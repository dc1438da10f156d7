using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using CompiledNets.Harness.Goldens;

namespace CompiledNets.Conformance.Judges;

/// <summary>How a golden calls its layer: with which class, values and arguments.</summary>
/// <param name="ClassName">Keras's class of the layer.</param>
/// <param name="Config">Its config.</param>
/// <param name="Asked">Arguments of the call that are set.</param>
/// <param name="IsSelf">The one input is the query and the value of an attention.</param>
internal sealed record LayerCallCase(string ClassName, JsonObject? Config, IReadOnlyList<string> Asked, bool IsSelf)
{
    /// <summary>Whether the call has more than values.</summary>
    public bool IsApart => Asked.Count > 0 || IsSelf;

    /// <summary>The call of a golden. Attentions that Keras calls with several values are in a layer that has one input.</summary>
    public static LayerCallCase Of(GoldenCase golden)
    {
        string name = golden.Text("class")!;
        JsonObject? config = golden.Part("config") is { ValueKind: JsonValueKind.Object } part
            ? JsonNode.Parse(part.GetRawText())!.AsObject() : null;
        List<string> asked = [];
        if (golden.Part("call") is { ValueKind: JsonValueKind.Object } call)
            foreach (JsonProperty argument in call.EnumerateObject())
                if (argument.Value.ToString() is not ("False" or "None")) asked.Add(argument.Name);
        if (name is not ("Mha" or "Gqa")) return new(name, config, asked, false);
        if (config?["causal"] is { } causal && causal.GetValue<bool>()) asked.Add("use_causal_mask");
        config?.Remove("causal");
        return new(name == "Mha" ? "MultiHeadAttention" : "GroupedQueryAttention", config, asked, golden.Numbered("x").Count == 1);
    }

    /// <summary>Whether the call asks for something.</summary>
    public bool Returns(string argument) => Asked.Contains(argument);

    /// <summary>The network of Keras in which the layer is called so.</summary>
    public JsonElement Functional(GoldenCase golden, IReadOnlyList<NamedArray> inputs)
    {
        JsonArray layers = [], values = [], ports = [];
        foreach (NamedArray input in inputs)
        {
            JsonArray shape = [null, .. input.Shape.Skip(1).Select(axis => JsonValue.Create(axis))];
            layers.Add(Entry("InputLayer", input.Name, new JsonObject { ["batch_shape"] = shape }, []));
            for (int times = 0; times < (IsSelf ? 2 : 1); times++) values.Add(Tensor(input.Name));
            ports.Add((JsonNode)Port(input.Name, 0));
        }

        JsonObject named = new();
        foreach (string argument in Asked) named[argument] = true;
        JsonArray calls = [new JsonObject { ["args"] = new JsonArray { values }, ["kwargs"] = named }], outputs = [];
        layers.Add(Entry(ClassName, "layer", Config?.DeepClone(), calls));
        for (int i = 0; i == 0 || golden.Arrays.ContainsKey(string.Create(CultureInfo.InvariantCulture, $"infer/y{i}")); i++)
            outputs.Add((JsonNode)Port("layer", i));
        JsonObject network = new() { ["layers"] = layers, ["input_layers"] = ports, ["output_layers"] = outputs };
        return JsonSerializer.SerializeToElement(new JsonObject { ["class_name"] = "Functional", ["config"] = network });

        static JsonNode Tensor(string layer) => new JsonObject
        {
            ["class_name"] = "__keras_tensor__",
            ["config"] = new JsonObject { ["keras_history"] = Port(layer, 0) },
        };

        static JsonArray Port(string layer, int output) => [layer, 0, output];

        static JsonNode Entry(string className, string name, JsonNode? config, JsonArray calls) =>
            new JsonObject { ["class_name"] = className, ["name"] = name, ["config"] = config, ["inbound_nodes"] = calls };
    }
}
