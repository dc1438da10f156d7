using System.Text.Json;
using CompiledNets.Initializers;

namespace CompiledNets.Keras.Layers;

/// <summary>Initializers: a constant where their arguments are the defaults, else a member of the class that makes one.</summary>
internal static class InitializerSource
{
    /// <summary>By Keras class, the arguments that have numbers, with their defaults; the constructors call them the same.</summary>
    private static readonly Dictionary<string, (string Argument, double Initial)[]> Classes = new(StringComparer.Ordinal)
    {
        ["Zeros"] = [],
        ["Ones"] = [],
        ["Constant"] = [("value", 0)],
        ["Identity"] = [("gain", 1)],
        ["RandomNormal"] = [("mean", 0), ("stddev", 0.05)],
        ["TruncatedNormal"] = [("mean", 0), ("stddev", 0.05)],
        ["RandomUniform"] = [("minval", -0.05), ("maxval", 0.05)],
        ["VarianceScaling"] = [("scale", 1)],
        ["GlorotUniform"] = [],
        ["GlorotNormal"] = [],
        ["HeUniform"] = [],
        ["HeNormal"] = [],
        ["LecunUniform"] = [],
        ["LecunNormal"] = [],
        ["Orthogonal"] = [("gain", 1)],
    };

    /// <summary>
    /// Scalings of the variance that have a name: Keras before 2.4 writes them in full. "normal" means truncated normal there and here.
    /// </summary>
    private static readonly Dictionary<(double Scale, string Mode, bool IsUniform), string> NamedScalings = new()
    {
        [(1, "fan_avg", true)] = "GlorotUniform",
        [(1, "fan_avg", false)] = "GlorotNormal",
        [(2, "fan_in", true)] = "HeUniform",
        [(2, "fan_in", false)] = "HeNormal",
        [(1, "fan_in", true)] = "LecunUniform",
        [(1, "fan_in", false)] = "LecunNormal",
    };

    /// <summary>Adds the initializer of a weight unless it is the default.</summary>
    /// <param name="attribute">The attribute.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="argument">The attribute's argument: <c>KernelInitializer</c>.</param>
    /// <param name="name">Keras's argument: <c>kernel_initializer</c>.</param>
    /// <param name="initial">The default's class.</param>
    /// <exception cref="KerasUnsupportedException">There is no such initializer.</exception>
    public static AttributeSource WithInitializer(this AttributeSource attribute, KerasObject layer, string argument, string name,
        string initial)
    {
        if (layer.Take(name) is not { } value) return attribute;
        KerasObject initializer = value.ValueKind == JsonValueKind.String
            ? new(LayerNames.Pascal(value.GetString()!), default) : KerasObject.Read(value);
        // So Keras 3.0 to 3.6 calls it.
        if (initializer.ClassName == "OrthogonalInitializer") initializer = initializer.As("Orthogonal");
        if (!Classes.TryGetValue(initializer.ClassName, out (string Argument, double Initial)[]? numbers))
            throw new KerasUnsupportedException($"initializer {initializer.ClassName}");

        string className = initializer.ClassName;
        List<string> arguments = [];
        if (NamedScaling(initializer) is string named)
        {
            className = named;
        }
        else
        {
            foreach ((string own, double number) in numbers)
            {
                double given = initializer.Number(own, number);
                if (!given.Equals(number)) arguments.Add($"{own}: {AttributeSource.Number(given)}");
            }

            AddForm(initializer, arguments);
        }

        if (initializer.Take("seed") is { ValueKind: JsonValueKind.Number })
            arguments.Add($"seed: {LayerSources.List([initializer.Int("seed", 0)])}");
        initializer.Take("input_axes");
        initializer.Take("output_axes");
        initializer.RefuseRest();
        if (arguments.Count > 0 || className == "Constant")
            return attribute.WithMember(argument, nameof(Initializer), $"new {className}({string.Join(", ", arguments)})");
        return className == initial ? attribute : attribute.With($"{argument} = {nameof(Initializer)}.{className}");
    }

    private static string? NamedScaling(KerasObject initializer)
    {
        if (initializer.ClassName != "VarianceScaling") return null;
        string mode = initializer.Text("mode") ?? "fan_in", distribution = initializer.Text("distribution") ?? "truncated_normal";
        return distribution is "uniform" or "normal" or "truncated_normal"
            ? NamedScalings.GetValueOrDefault((initializer.Number("scale", 1), mode, distribution == "uniform")) : null;
    }

    // Those that are derived from VarianceScaling write its scale and form too, which say nothing.
    private static void AddForm(KerasObject initializer, List<string> arguments)
    {
        string? mode = initializer.Text("mode"), distribution = initializer.Text("distribution");
        if (initializer.ClassName != "VarianceScaling")
        {
            initializer.Take("scale");
            return;
        }

        if (mode is not (null or "fan_in")) arguments.Add($"mode: {nameof(FanMode)}.{LayerNames.Pascal(mode)}");
        if (distribution is not (null or "truncated_normal" or "normal"))
            arguments.Add($"distribution: {nameof(Distribution)}.{LayerNames.Pascal(distribution)}");
    }
}
