using System.Text.Json;
using CompiledNets.Execution;
using CompiledNets.Keras.Training;
using CompiledNets.Naming;

namespace CompiledNets.Keras.Files;

/// <summary>
/// What a network was compiled with, as files have it: <c>compile_config</c> of Keras 3, <c>training_config</c> of <c>.h5</c>.
/// </summary>
internal static class TrainingConfig
{
    /// <summary>Compiles a network.</summary>
    /// <returns>Whether the config says with what.</returns>
    /// <exception cref="KerasUnsupportedException">The optimizer or a loss is not there. Metrics that are not are left out.</exception>
    public static bool Compile(Model network, JsonElement config)
    {
        if (config.ValueKind != JsonValueKind.Object) return false;
        if (Given(config, "optimizer") is not { } named && Given(config, "optimizer_config") is not { } alone) return false;
        JsonElement optimizer = Given(config, "optimizer") ?? Given(config, "optimizer_config")!.Value;
        string[] outputs = [.. network.GetDescription().Outputs.Select(port => port.Name)];
        Optimizer created = optimizer.ValueKind == JsonValueKind.String
            ? Optimizer.Get(optimizer.GetString()!) : KerasOptimizers.Create(KerasObject.Read(optimizer));
        Loss?[] losses = [.. PerOutput(Given(config, "loss"), outputs).Select(LossOf)];
        double[] weights = [.. PerOutput(Given(config, "loss_weights"), outputs)
            .Select(weight => weight is { ValueKind: JsonValueKind.Number } number ? number.GetDouble() : 1)];
        network.Compile(created, losses, weights, Metrics(Given(config, "metrics"), outputs),
            Metrics(Given(config, "weighted_metrics"), outputs));
        return true;
    }

    private static JsonElement? Given(JsonElement config, string name) =>
        config.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? value : null;

    // One for all, a list with an entry for each, or by name; an object of Keras is no dictionary.
    private static JsonElement?[] PerOutput(JsonElement? argument, string[] outputs)
    {
        if (argument is not { } given) return new JsonElement?[outputs.Length];
        if (given.ValueKind == JsonValueKind.Array)
        {
            JsonElement?[] items =
                [.. given.EnumerateArray().Select(item => item.ValueKind == JsonValueKind.Null ? (JsonElement?)null : item)];
            return items.Length == outputs.Length ? items
                : throw new KerasUnsupportedException($"compile with {items.Length} entries for {outputs.Length} outputs");
        }

        if (given.ValueKind == JsonValueKind.Object && !given.TryGetProperty("class_name", out _))
            return [.. outputs.Select(output => given.TryGetProperty(output, out JsonElement value)
                && value.ValueKind != JsonValueKind.Null ? (JsonElement?)value : null)];
        return [.. outputs.Select(_ => (JsonElement?)given)];
    }

    private static Metric[][] Metrics(JsonElement? argument, string[] outputs)
    {
        if (argument is not { } given) return [.. outputs.Select(_ => Array.Empty<Metric>())];
        JsonElement[] list = given.ValueKind == JsonValueKind.Array ? [.. given.EnumerateArray()] : [given];
        bool isFlat = given.ValueKind == JsonValueKind.Array && !list.Any(item => item.ValueKind == JsonValueKind.Array);
        if (outputs.Length == 1 && isFlat) return [MetricsOf(given)];

        // Keras 2 lists what it gathers without saying for which output.
        if (given.ValueKind == JsonValueKind.Array && list.Length != outputs.Length) return [.. outputs.Select(_ => Array.Empty<Metric>())];
        return [.. PerOutput(given, outputs).Select(own => own is { } some ? MetricsOf(some) : [])];
    }

    private static Metric[] MetricsOf(JsonElement list) =>
        [.. (list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray()] : new[] { list })
        .Select(MetricOf).OfType<Metric>()];

    private static Metric? MetricOf(JsonElement metric)
    {
        try
        {
            if (metric.ValueKind == JsonValueKind.String) return Metric.Get(metric.GetString()!);
            if (metric.ValueKind != JsonValueKind.Object) return null;
            KerasObject read = KerasObject.Read(metric);
            if (read.ClassName is not "MeanMetricWrapper" || read.Text("fn") is not { } function) return KerasMetrics.Create(read);
            string name = read.Text("name") ?? function;
            return KerasMetrics.Create(new(Classes(function), JsonDocument.Parse($"{{\"name\":{JsonText.Literal(name)}}}").RootElement));
        }
        catch (Exception exception) when (exception is KerasUnsupportedException or ArgumentException)
        {
            Console.Error.WriteLine($"Warning: the file asks for a metric that is not there, {JsonText.Of(metric)}; it is left out.");
            return null;
        }

        // binary_accuracy is the function of BinaryAccuracy.
        static string Classes(string function) => Layers.LayerNames.Pascal(function);
    }

    private static Loss? LossOf(JsonElement? loss)
    {
        switch (loss)
        {
            case null or { ValueKind: JsonValueKind.Null }:
                return null;
            case { ValueKind: JsonValueKind.String } name:
                return Named(name.GetString()!);
            case { ValueKind: JsonValueKind.Object } given:
                KerasObject read = KerasObject.Read(given);
                if (read.ClassName == "function" && given.TryGetProperty("config", out JsonElement function)
                    && function.ValueKind == JsonValueKind.String) return Named(function.GetString()!);
                if (read.ClassName is not "LossFunctionWrapper" || read.Text("fn") is not { } wrapped) return KerasLosses.Create(read);
                return Named(wrapped);
            default:
                throw new KerasUnsupportedException($"loss {JsonText.Of(loss)}");
        }
    }

    private static Loss Named(string name)
    {
        try
        {
            return Loss.Get(name);
        }
        catch (ArgumentException)
        {
            throw new KerasUnsupportedException($"loss {SnakeCase.Of(name)}");
        }
    }
}
