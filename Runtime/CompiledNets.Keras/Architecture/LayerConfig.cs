using System.Text.Json;
using System.Text.Json.Nodes;
using CompiledNets.Constraints;
using CompiledNets.Execution;
using CompiledNets.Initializers;
using CompiledNets.Keras.Layers;
using CompiledNets.Naming;
using CompiledNets.Regularizers;

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

    /// <summary>The config of a layer.</summary>
    /// <exception cref="NotSupportedException">Keras cannot have it.</exception>
    public static JsonObject Of(SavedMember member)
    {
        using var options = JsonDocument.Parse(member.Description!.Options);
        JsonObject config = Of(member.Name, member.ClassName, options.RootElement, member.Weights);
        if (!member.Layer!.Trainable && member.Layer.Weights.Count > 0) config["trainable"] = false;
        return config;
    }

    private static JsonObject Of(string name, string className, JsonElement options, IReadOnlyList<WeightDescription> weights)
    {
        JsonObject config = new() { ["name"] = name };
        double l1 = 0, l2 = 0;
        string[] rules = ["Regularizer", "Constraint", "Initializer", "L1", "L2"];
        foreach (JsonProperty option in options.EnumerateObject())
        {
            string key = KeyOf(className, option.Name);
            if (option.Name is "ActivityL1") l1 = option.Value.GetDouble();
            else if (option.Name is "ActivityL2") l2 = option.Value.GetDouble();
            else if (option.Name == "Layer") config["layer"] = Wrapped(name, option.Value, weights);
            else if (className != "ActivityRegularization"
                && Array.Exists(rules, rule => option.Name.EndsWith(rule, StringComparison.Ordinal))) continue;
            else if (option.Name is "DataFormat" or Graphs.RecurrentCall.Argument
                || (option.Value is { ValueKind: JsonValueKind.Array } list && list.GetArrayLength() == 0))
                continue;
            else config[key] = Value(className, key, option.Value);
        }

        if (l1 != 0 || l2 != 0) config["activity_regularizer"] = Sum(l1, l2);
        foreach (WeightDescription weight in options.TryGetProperty("Layer", out _) ? [] : weights) AddRules(config, weight, className);
        return config;
    }

    private static JsonObject Wrapped(string name, JsonElement layer, IReadOnlyList<WeightDescription> weights)
    {
        string className = layer.GetProperty("Type").GetString()!;
        return new()
        {
            ["module"] = "keras.layers",
            ["class_name"] = className,
            ["config"] =
            Of($"{name}_inner", className, layer.GetProperty("Options"), [.. weights.Where(weight => weight.Name != "vector_u")]),
            ["registered_name"] = null,
        };
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
        if (value.ValueKind == JsonValueKind.Array)
        {
            int[] numbers = value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.Number && item.TryGetInt32(out _))
                ? [.. value.EnumerateArray().Select(item => item.GetInt32())] : [];
            if (key is "padding" or "cropping") return Sides(className, numbers);
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

    private static void AddRules(JsonObject config, WeightDescription weight, string className)
    {
        // Keras leaves the last word of other kernels out: depthwise_regularizer.
        string word = weight.Name.EndsWith("_kernel", StringComparison.Ordinal) ? weight.Name[..^"_kernel".Length] : weight.Name;
        if (className is "Normalization" || weight.Name == "vector_u") return;
        if (weight.Custom?.Invoke() is { } own)
        {
            if (Object(own) is { } initializer) config[word + "_initializer"] = initializer;
        }
        else if (weight.Initializer.Length > 0 && !IsDefault(weight))
        {
            config[word + "_initializer"] = Envelope("keras.initializers", LayerNames.Pascal(weight.Initializer), []);
        }

        if (weight.Regularizer?.Invoke() is { } regularizer) config[word + "_regularizer"] = Object(regularizer, weight.Name);
        if (weight.Constraint?.Invoke() is { } constraint) config[word + "_constraint"] = Object(constraint, weight.Name);
    }

    private static bool IsDefault(WeightDescription weight) =>
        (weight.Name, weight.Initializer) is ("bias" or "beta" or "moving_mean" or "alpha", "zeros")
        or ("gamma" or "moving_variance", "ones") or (_, "glorot_uniform");

    // Weights of a file have their numbers: how they would begin is told where Keras knows it.
    private static JsonObject? Object(Initializer initializer) => initializer switch
    {
        RandomNormal normal =>
            Envelope("keras.initializers", "RandomNormal",
            new() { ["mean"] = normal.Mean, ["stddev"] = normal.Stddev, ["seed"] = normal.Seed }),
        TruncatedNormal normal =>
            Envelope("keras.initializers", "TruncatedNormal",
            new() { ["mean"] = normal.Mean, ["stddev"] = normal.Stddev, ["seed"] = normal.Seed }),
        RandomUniform uniform =>
            Envelope("keras.initializers", "RandomUniform",
            new() { ["minval"] = uniform.Minval, ["maxval"] = uniform.Maxval, ["seed"] = uniform.Seed }),
        Orthogonal orthogonal =>
            Envelope("keras.initializers", "Orthogonal", new() { ["gain"] = orthogonal.Gain, ["seed"] = orthogonal.Seed }),
        _ => null,
    };

    private static JsonObject Object(Regularizer regularizer, string weight) => regularizer switch
    {
        L1 one => Sum(one.Factor, 0),
        L2 two => Sum(0, two.Factor),
        L1L2 both => Sum(both.FactorL1, both.FactorL2),
        OrthogonalRegularizer orthogonal => Envelope(
            "keras.regularizers", "OrthogonalRegularizer",
                new() { ["factor"] = orthogonal.Factor, ["mode"] = orthogonal.Mode == OrthogonalMode.Rows ? "rows" : "columns" }),
        _ => throw new NotSupportedException(
            $"Keras does not know the regularizer {regularizer.GetType().Name} of '{weight}'; save to .safetensors or .weights.h5."),
    };

    private static JsonObject Object(Constraint constraint, string weight) => constraint switch
    {
        MaxNorm most => Envelope("keras.constraints", "MaxNorm", new() { ["max_value"] = most.MaxValue, ["axis"] = Axis(most) }),
        UnitNorm unit => Envelope("keras.constraints", "UnitNorm", new() { ["axis"] = Axis(unit) }),
        MinMaxNorm both => Envelope(
            "keras.constraints", "MinMaxNorm",
                new() { ["min_value"] = both.MinValue, ["max_value"] = both.MaxValue, ["rate"] = both.Rate, ["axis"] = Axis(both) }),
        NonNeg => Envelope("keras.constraints", "NonNeg", []),
        _ => throw new NotSupportedException(
            $"Keras does not know the constraint {constraint.GetType().Name} of '{weight}'; save to .safetensors or .weights.h5."),
    };

    private static JsonNode Axis(NormConstraint constraint) => constraint.Axis.Count == 1
        ? JsonValue.Create(constraint.Axis[0]) : new JsonArray([.. constraint.Axis.Select(axis => (JsonNode?)JsonValue.Create(axis))]);

    private static JsonObject Sum(double l1, double l2) => Envelope("keras.regularizers", "L1L2", new() { ["l1"] = l1, ["l2"] = l2 });

    private static JsonObject Envelope(string module, string className, JsonObject config) =>
        new() { ["module"] = module, ["class_name"] = className, ["config"] = config, ["registered_name"] = null };
}
