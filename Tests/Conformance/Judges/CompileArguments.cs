using System.Text.Json;
using CompiledNets.Keras;
using CompiledNets.Keras.Training;

namespace CompiledNets.Conformance.Judges;

/// <summary>Arguments of a golden's <c>compile</c>: for each output one, in a list or by name, or for all the same.</summary>
internal static class CompileArguments
{
    /// <summary>Compiles a network.</summary>
    /// <exception cref="KerasUnsupportedException">There is an argument that the product does not take.</exception>
    public static void Compile(Model network, Optimizer optimizer, JsonElement arguments)
    {
        string[] outputs = [.. network.Description.Outputs.Select(output => output.Name)];
        Loss?[]? loss = null;
        double[]? lossWeights = null;
        Metric[][]? metrics = null, weighted = null;
        foreach (JsonProperty argument in arguments.EnumerateObject())
        {
            switch (argument.Name)
            {
                case "loss":
                    loss = [.. PerOutput(argument.Value, outputs, isList: argument.Value.ValueKind == JsonValueKind.Array).Select(value =>
                        value is { } given ? given.ValueKind == JsonValueKind.String ? Loss(given.GetString()!) : KerasLosses.Create(Configured(given)) : null)];
                    break;
                case "loss_weights":
                    lossWeights = [.. PerOutput(argument.Value, outputs, isList: true).Select(value => value?.GetDouble() ?? 1)];
                    break;
                case "metrics":
                    metrics = PerOutputMetrics(argument.Value, outputs);
                    break;
                case "weighted_metrics":
                    weighted = PerOutputMetrics(argument.Value, outputs);
                    break;
                default:
                    throw new KerasUnsupportedException($"compile with {argument.Name}");
            }
        }

        network.Compile(optimizer, loss ?? throw new KerasUnsupportedException("compile without a loss"), lossWeights, metrics, weighted);
    }

    // One output has all metrics of a list; several have a list of them each.
    private static Metric[][] PerOutputMetrics(JsonElement argument, string[] outputs) => outputs.Length == 1 && argument.ValueKind == JsonValueKind.Array && !argument.EnumerateArray().Any(item => item.ValueKind == JsonValueKind.Array)
        ? [Metrics(argument)]
        : [.. PerOutput(argument, outputs, isList: true).Select(value => value is { } given ? Metrics(given) : [])];

    // An object of Keras is no dictionary of outputs.
    private static JsonElement?[] PerOutput(JsonElement argument, string[] outputs, bool isList)
    {
        if (isList && argument.ValueKind == JsonValueKind.Array)
        {
            JsonElement?[] items = [.. argument.EnumerateArray().Select(item => item.ValueKind == JsonValueKind.Null ? (JsonElement?)null : item)];
            return items.Length == outputs.Length ? items : throw new KerasUnsupportedException($"compile with {items.Length} entries for {outputs.Length} outputs");
        }

        if (argument.ValueKind == JsonValueKind.Object && !argument.TryGetProperty("class", out _))
            return [.. outputs.Select(output => argument.TryGetProperty(output, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? (JsonElement?)value : null)];
        return [.. outputs.Select(_ => (JsonElement?)argument)];
    }

    private static Metric[] Metrics(JsonElement list) => [.. (list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray()] : new[] { list }).Select(metric =>
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

    internal static KerasObject Configured(JsonElement value) => value.ValueKind == JsonValueKind.Object && value.TryGetProperty("class", out JsonElement name)
        ? new(name.GetString()!, value.TryGetProperty("config", out JsonElement config) ? config : default)
        : throw new KerasUnsupportedException($"compile with {value}");
}
