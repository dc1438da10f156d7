using System.Text.Json;

namespace CompiledNets.Keras.Layers;

/// <summary>Initializers: a constant where their arguments are the defaults, else a member of the class that makes one.</summary>
internal static class InitializerSource
{
    /// <summary>By Keras class, the arguments that have numbers: Keras's names, those of the constructor, and the defaults.</summary>
    private static readonly Dictionary<string, (string Keras, string Argument, double Initial)[]> Classes = new(StringComparer.Ordinal)
    {
        ["Zeros"] = [],
        ["Ones"] = [],
        ["Constant"] = [("value", "value", 0)],
        ["Identity"] = [("gain", "gain", 1)],
        ["RandomNormal"] = [("mean", "mean", 0), ("stddev", "stddev", 0.05)],
        ["TruncatedNormal"] = [("mean", "mean", 0), ("stddev", "stddev", 0.05)],
        ["RandomUniform"] = [("minval", "minval", -0.05), ("maxval", "maxval", 0.05)],
        ["VarianceScaling"] = [("scale", "scale", 1)],
        ["GlorotUniform"] = [],
        ["GlorotNormal"] = [],
        ["HeUniform"] = [],
        ["HeNormal"] = [],
        ["LecunUniform"] = [],
        ["LecunNormal"] = [],
        ["Orthogonal"] = [("gain", "gain", 1)],
    };

    /// <summary>Adds the initializer of a weight unless it is the default.</summary>
    /// <param name="attribute">The attribute.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="argument">The attribute's argument: <c>KernelInitializer</c>.</param>
    /// <param name="name">Keras's argument: <c>kernel_initializer</c>.</param>
    /// <param name="initial">The default's class.</param>
    /// <exception cref="KerasUnsupportedException">There is no such initializer.</exception>
    public static AttributeSource WithInitializer(this AttributeSource attribute, KerasObject layer, string argument, string name, string initial)
    {
        if (layer.Take(name) is not { } value) return attribute;
        KerasObject initializer = value.ValueKind == JsonValueKind.String ? new(LayerNames.Pascal(value.GetString()!), default) : KerasObject.Read(value);
        if (!Classes.TryGetValue(initializer.ClassName, out (string Keras, string Argument, double Initial)[]? numbers))
            throw new KerasUnsupportedException($"initializer {initializer.ClassName}");

        List<string> arguments = [];
        foreach ((string keras, string own, double number) in numbers)
        {
            double given = initializer.Number(keras, number);
            if (!given.Equals(number)) arguments.Add($"{own}: {AttributeSource.Number(given)}");
        }

        AddForm(initializer, arguments);
        if (initializer.Take("seed") is { ValueKind: JsonValueKind.Number } seed) arguments.Add($"seed: {seed}");
        initializer.Take("input_axes");
        initializer.Take("output_axes");
        initializer.RefuseRest();
        if (arguments.Count == 0 && initializer.ClassName != "Constant")
            return initializer.ClassName == initial ? attribute : attribute.With($"{argument} = {nameof(Initializer)}.{initializer.ClassName}");

        string member = LayerNames.Pascal(layer.Text("name") ?? layer.ClassName) + argument;
        attribute.Members.Add($"private static {nameof(Initializer)} {member} => new {initializer.ClassName}({string.Join(", ", arguments)});");
        return attribute.With($"{argument} = nameof({member})");
    }

    private static void AddForm(KerasObject initializer, List<string> arguments)
    {
        // Those that are derived from it write their own scale and form, which say nothing.
        string? mode = initializer.Text("mode"), distribution = initializer.Text("distribution");
        if (initializer.ClassName != "VarianceScaling")
        {
            initializer.Take("scale");
            return;
        }

        if (mode is not (null or "fan_in")) arguments.Add($"mode: {nameof(FanMode)}.{LayerNames.Pascal(mode)}");
        if (distribution is not (null or "truncated_normal" or "normal")) arguments.Add($"distribution: {nameof(Distribution)}.{LayerNames.Pascal(distribution)}");
    }
}
