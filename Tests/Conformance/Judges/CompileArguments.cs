using System.Text.Json;
using CompiledNets.Keras;
using CompiledNets.Keras.Training;

namespace CompiledNets.Conformance.Judges;

/// <summary>Arguments of a golden's <c>compile</c>: for each output one, in a list or by name, or for all the same.</summary>
internal static class CompileArguments
{
    /// <summary>Compiles a network.</summary>
    /// <param name="network">The network.</param>
    /// <param name="optimizer">The optimizer.</param>
    /// <param name="arguments">The arguments, in which an object may stand as no more than its text, <c>&lt;AUC name=auc&gt;</c>.</param>
    /// <param name="model">The model, whose <c>compile_config</c> has such objects in full.</param>
    /// <exception cref="KerasUnsupportedException">There is an argument that the product does not take.</exception>
    public static void Compile(Model network, Optimizer optimizer, JsonElement arguments, JsonElement model)
    {
        string[] outputs = [.. network.Description.Outputs.Select(output => output.Name)];
        Loss?[]? loss = null;
        double[]? lossWeights = null;
        Metric[][]? metrics = null, weighted = null;
        foreach (JsonProperty argument in arguments.EnumerateObject())
        {
            JsonElement given = InFull(argument, model);
            switch (argument.Name)
            {
                case "loss":
                    loss = [.. PerOutput(given, outputs, isList: given.ValueKind == JsonValueKind.Array).Select(value =>
                        value is { } own ? own.ValueKind == JsonValueKind.String ? Loss(own.GetString()!)
                            : KerasLosses.Create(Configured(own)) : null)];
                    break;
                case "loss_weights":
                    lossWeights = [.. PerOutput(given, outputs, isList: true).Select(value => value?.GetDouble() ?? 1)];
                    break;
                case "metrics":
                    metrics = PerOutputMetrics(given, outputs);
                    break;
                case "weighted_metrics":
                    weighted = PerOutputMetrics(given, outputs);
                    break;
                default:
                    throw new KerasUnsupportedException($"compile with {argument.Name}");
            }
        }

        network.Compile(optimizer, loss ?? throw new KerasUnsupportedException("compile without a loss"), lossWeights, metrics, weighted);
    }

    private static JsonElement InFull(JsonProperty argument, JsonElement model) =>
        HasText(argument.Value) && model.TryGetProperty("compile_config", out JsonElement config)
            && config.TryGetProperty(argument.Name, out JsonElement full) ? full : argument.Value;

    private static bool HasText(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!.StartsWith('<'),
        JsonValueKind.Array => value.EnumerateArray().Any(HasText),
        JsonValueKind.Object => value.EnumerateObject().Any(property => HasText(property.Value)),
        _ => false,
    };

    // One output has all metrics of a list; several have a list of them each.
    private static Metric[][] PerOutputMetrics(JsonElement argument, string[] outputs) =>
        outputs.Length == 1 && argument.ValueKind == JsonValueKind.Array && !argument.EnumerateArray()
        .Any(item => item.ValueKind == JsonValueKind.Array)
        ? [Metrics(argument)]
        : [.. PerOutput(argument, outputs, isList: true).Select(value => value is { } given ? Metrics(given) : [])];

    // An object of Keras is no dictionary of outputs.
    private static JsonElement?[] PerOutput(JsonElement argument, string[] outputs, bool isList)
    {
        if (isList && argument.ValueKind == JsonValueKind.Array)
        {
            JsonElement?[] items =
                [.. argument.EnumerateArray().Select(item => item.ValueKind == JsonValueKind.Null ? (JsonElement?)null : item)];
            return items.Length == outputs.Length ? items
                : throw new KerasUnsupportedException($"compile with {items.Length} entries for {outputs.Length} outputs");
        }

        if (argument.ValueKind == JsonValueKind.Object && !argument.TryGetProperty("class", out _)
            && !argument.TryGetProperty("class_name", out _))
            return [.. outputs.Select(output => argument.TryGetProperty(output, out JsonElement value)
                && value.ValueKind != JsonValueKind.Null ? (JsonElement?)value : null)];
        return [.. outputs.Select(_ => (JsonElement?)argument)];
    }

    private static Metric[] Metrics(JsonElement list) =>
        [.. (list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray()] : new[] { list }).Select(metric =>
        metric.ValueKind == JsonValueKind.String ? Metric(metric.GetString()!) : KerasMetrics.Create(Configured(metric)))];

    private static Loss Loss(string name)
    {
        try
        {
            return CompiledNets.Loss.Get(name);
        }
        catch (ArgumentException)
        {
            throw new KerasUnsupportedException($"loss {name}");
        }
    }

    private static Metric Metric(string name)
    {
        try
        {
            return CompiledNets.Metric.Get(name);
        }
        catch (ArgumentException)
        {
            throw new KerasUnsupportedException($"metric {name}");
        }
    }

    internal static KerasObject Configured(JsonElement value) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty("class_name", out _)
        ? KerasObject.Read(value)
        : value.ValueKind == JsonValueKind.Object && value.TryGetProperty("class", out JsonElement name)
        ? new(name.GetString()!, value.TryGetProperty("config", out JsonElement config) ? config : default)
        : throw new KerasUnsupportedException($"compile with {value}");
}
