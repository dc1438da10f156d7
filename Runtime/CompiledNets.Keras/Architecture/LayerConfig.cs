using System.Text.Json;
using System.Text.Json.Nodes;
using CompiledNets.Execution;
using CompiledNets.Naming;

namespace CompiledNets.Keras.Architecture;

/// <summary>
/// Layers as Keras's configs: the arguments of their attributes, which are called as Keras's are, in Keras's casing. What has its default
/// is left out, as every version of Keras takes it then.
/// </summary>
internal static class LayerConfig
{
    /// <summary>Lists that stay lists where they have one number; others are that number then.</summary>
    private static readonly HashSet<string> Lists =
        new(StringComparer.Ordinal) { "dims", "target_shape", "noise_shape", "shared_axes", "attention_axes" };

    /// <summary>Arguments of attributes that say what a layer is called with.</summary>
    private static readonly HashSet<string> OfCalls =
        [Graphs.RecurrentCall.Argument, .. Graphs.AttentionCall.MaskArguments, .. Graphs.AttentionCall.FlagArguments];

    /// <summary>The config of a layer.</summary>
    /// <exception cref="NotSupportedException">Keras cannot have it.</exception>
    public static JsonObject Of(SavedMember member)
    {
        using var options = JsonDocument.Parse(member.Description!.Options);
        JsonObject config = Of(member.Name, member.ClassName, options.RootElement, member.Weights,
            [.. member.Weights.Select(weight => (weight.Name, weight))]);
        if (!member.Layer!.Trainable && member.Layer.Weights.Count > 0) config["trainable"] = false;
        return config;
    }

    private static JsonObject Of(string name, string className, JsonElement options, IReadOnlyList<WeightDescription> all,
        IReadOnlyList<(string Name, WeightDescription Weight)> weights)
    {
        JsonObject config = new() { ["name"] = name };
        double l1 = 0, l2 = 0;
        string[] rules = ["Regularizer", "Constraint", "Initializer", "L1", "L2"];
        foreach (JsonProperty option in options.EnumerateObject())
        {
            string key = KeyOf(className, option.Name);
            if (option.Name is "ActivityL1") l1 = option.Value.GetDouble();
            else if (option.Name is "ActivityL2") l2 = option.Value.GetDouble();
            else if (option.Name is "Layer" or "Cells")
                config[className == "RNN" ? "cell" : "layer"] =
                    Wrapped(name, className, option.Value, WeightConfig.Wrapped(className, all));
            else if (className != "ActivityRegularization"
                && Array.Exists(rules, rule => option.Name.EndsWith(rule, StringComparison.Ordinal))) continue;
            else if (option.Name is "DataFormat" || OfCalls.Contains(option.Name)
                || (option.Value is { ValueKind: JsonValueKind.Array } list && list.GetArrayLength() == 0))
                continue;
            else config[key] = Value(className, key, option.Value);
        }

        // Keras makes the other direction by itself where the first runs forward.
        if (className == "Bidirectional" && config["layer"] is JsonObject forward
            && forward["config"]!["go_backwards"]?.GetValue<bool>() is true)
        {
            JsonObject backward = (JsonObject)forward.DeepClone();
            backward["config"]!["name"] = $"{name}_inner_backward";
            backward["config"]!["go_backwards"] = false;
            config["backward_layer"] = backward;
        }

        if (l1 != 0 || l2 != 0) config["activity_regularizer"] = WeightConfig.Sum(l1, l2);
        if (config.ContainsKey("layer") || config.ContainsKey("cell")) return config;
        foreach ((string own, WeightDescription weight) in weights) WeightConfig.Add(config, className, own, weight);
        return config;
    }

    // A layer, a cell, or cells one after the other.
    private static JsonObject Wrapped(string name, string wrapper, JsonElement wrapped,
        IReadOnlyList<IReadOnlyList<(string Name, WeightDescription Weight)>> weights)
    {
        if (wrapped.ValueKind == JsonValueKind.Array)
        {
            JsonArray cells =
                [.. wrapped.EnumerateArray().Select((cell, i) => (JsonNode?)Envelope(cell, $"{name}_cell_{i + 1}", weights[i]))];
            return new()
            {
                ["module"] = "keras.layers",
                ["class_name"] = "StackedRNNCells",
                ["config"] = new JsonObject { ["name"] = $"{name}_cells", ["cells"] = cells },
                ["registered_name"] = null,
            };
        }

        return Envelope(wrapped, $"{name}_inner", weights.Count == 0 ? [] : weights[0]);

        JsonObject Envelope(JsonElement layer, string own, IReadOnlyList<(string Name, WeightDescription Weight)> ofLayer)
        {
            string className = layer.GetProperty("Type").GetString()!;
            // Keras calls the layer with one value, and attentions take two.
            if (Graphs.AttentionCall.Takes(className))
                throw new NotSupportedException(
                    $"Keras has no {wrapper} of {className}, as '{name}' is; save to .safetensors or .weights.h5.");
            return new()
            {
                ["module"] = "keras.layers",
                ["class_name"] = className,
                ["config"] = Of(own, className, layer.GetProperty("Options"), [.. ofLayer.Select(weight => weight.Weight)], ofLayer),
                ["registered_name"] = null,
            };
        }
    }

    private static string KeyOf(string className, string option) => (className, option) switch
    {
        ("Dot", "Axis") => "axes",
        (_, "KeepDims") => "keepdims",
        (_, "Axes") when className != "Dot" => "axis",
        ("ActivityRegularization", "L1") => "l1",
        ("ActivityRegularization", "L2") => "l2",
        _ => SnakeCase.Of(option),
    };

    private static JsonNode? Value(string className, string key, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.String && value.GetString() == Activation.Keras2HardSigmoid)
            throw new NotSupportedException("Keras 3 does not know the hard sigmoid of Keras 2; save to .safetensors or .weights.h5.");
        if (key == "merge_mode" && value.ValueKind == JsonValueKind.String && value.GetString() == MergeMode.None) return null;
        if (value.ValueKind == JsonValueKind.Array)
        {
            int[] numbers = value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.Number && item.TryGetInt32(out _))
                ? [.. value.EnumerateArray().Select(item => item.GetInt32())] : [];
            if (key is "padding" or "cropping") return Sides(className, numbers);
            if (className == "EinsumDense" && key == "output_shape")
                return new JsonArray([.. numbers.Select(size => size < 0 ? null : (JsonNode?)JsonValue.Create(size))]);
            if (key == "noise_shape")
                return new JsonArray([null, .. numbers.Select(size => size < 0 ? null : (JsonNode?)JsonValue.Create(size))]);
            if (numbers.Length == 1 && !Lists.Contains(key)) return numbers[0];
            if (numbers.Length == value.GetArrayLength())
                return new JsonArray([.. numbers.Select(number => (JsonNode?)JsonValue.Create(number))]);
        }

        return JsonNode.Parse(value.GetRawText());
    }

    // One number for all sides, one an axis for both of its, or one a side.
    private static JsonNode Sides(string className, int[] numbers)
    {
        int axes = className[^2] - '0';
        if (numbers.Length == 1) return JsonValue.Create(numbers[0]);
        if (axes == 1) return new JsonArray([.. numbers.Select(number => (JsonNode?)JsonValue.Create(number))]);
        int[] sides = numbers.Length == axes ? [.. numbers.SelectMany(number => (int[])[number, number])] : numbers;
        return new JsonArray([.. sides.Chunk(2).Select(pair => (JsonNode?)new JsonArray(pair[0], pair[1]))]);
    }
}
