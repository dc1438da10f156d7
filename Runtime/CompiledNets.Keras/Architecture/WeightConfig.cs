using System.Text.Json.Nodes;
using CompiledNets.Constraints;
using CompiledNets.Execution;
using CompiledNets.Initializers;
using CompiledNets.Regularizers;

namespace CompiledNets.Keras.Architecture;

/// <summary>Initializers, regularizers and constraints of weights as Keras's configs have them.</summary>
internal static class WeightConfig
{
    /// <summary>Adds those of a weight to the config of its layer.</summary>
    /// <param name="config">The config.</param>
    /// <param name="className">Keras's class of the layer.</param>
    /// <param name="name">What the weight is called in the layer.</param>
    /// <param name="weight">The weight.</param>
    /// <exception cref="NotSupportedException">Keras cannot have them.</exception>
    public static void Add(JsonObject config, string className, string name, WeightDescription weight)
    {
        if (WordOf(className, name) is not { } word) return;
        string initializer = word.Length == 0 ? "initializer" : word + "_initializer";
        if (weight.Custom?.Invoke() is { } own)
        {
            if (Object(own) is { } json) config[initializer] = json;
        }
        else if (weight.Initializer.Length > 0 && !IsDefault(word, weight.Initializer))
        {
            config[initializer] = Envelope("keras.initializers", Initializer.Get(weight.Initializer).GetType().Name, []);
        }

        if (weight.Regularizer?.Invoke() is { } regularizer) config[word + "_regularizer"] = Object(regularizer, weight.Name);
        if (weight.Constraint?.Invoke() is { } constraint) config[word + "_constraint"] = Object(constraint, weight.Name);
    }

    /// <summary>Weights of a wrapped layer with their names there, each of several cells apart.</summary>
    /// <param name="className">Keras's class of the wrapper.</param>
    /// <param name="weights">The weights of the wrapper.</param>
    public static IReadOnlyList<IReadOnlyList<(string Name, WeightDescription Weight)>> Wrapped(
        string className, IReadOnlyList<WeightDescription> weights)
    {
        // Both directions have the same rules, of which Keras notes those of the first.
        const string forward = "forward_";
        if (className == "Bidirectional")
            return [[.. weights.Where(weight => weight.Name.StartsWith(forward, StringComparison.Ordinal))
                .Select(weight => (weight.Name[forward.Length..], weight))]];
        if (className != "RNN") return [[.. weights.Where(weight => weight.Name != "vector_u").Select(weight => (weight.Name, weight))]];
        List<List<(string, WeightDescription)>> cells = [];
        string[] names = ["recurrent_kernel", "kernel", "bias"];
        foreach (WeightDescription weight in weights)
        {
            string name = Array.Find(names, end => weight.Name.EndsWith(end, StringComparison.Ordinal)) ?? weight.Name;
            if (name == "kernel" || cells.Count == 0) cells.Add([]);
            cells[^1].Add((name, weight));
        }

        return cells;
    }

    /// <summary>Keras's sum of penalties.</summary>
    public static JsonObject Sum(double l1, double l2) => Envelope("keras.regularizers", "L1L2", new() { ["l1"] = l1, ["l2"] = l2 });

    // What the arguments for a weight begin with; empty for one whose initializer has no word before it, null for one without arguments.
    private static string? WordOf(string className, string name) => (className, name) switch
    {
        (_, "vector_u") or ("Normalization" or "RMSNormalization" or "Attention" or "AdditiveAttention", _) => null,
        ("PositionEmbedding", _) => "",
        ("DepthwiseConv1D" or "DepthwiseConv2D", "kernel") => "depthwise",
        // Keras leaves the last word of other kernels out: recurrent_regularizer, pointwise_regularizer.
        _ when name.EndsWith("_kernel", StringComparison.Ordinal) => name[..^"_kernel".Length],
        // query/kernel
        _ => name[(name.LastIndexOf('/') + 1)..],
    };

    private static bool IsDefault(string word, string initializer) => (word, initializer) is
        ("bias" or "beta" or "moving_mean" or "alpha", "zeros") or ("gamma" or "moving_variance", "ones") or (_, "glorot_uniform")
        or ("recurrent", "orthogonal") or ("embeddings", "uniform");

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

    private static JsonObject Envelope(string module, string className, JsonObject config) =>
        new() { ["module"] = module, ["class_name"] = className, ["config"] = config, ["registered_name"] = null };
}
