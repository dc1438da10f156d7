using System.Text.Json;

namespace CompiledNets.Keras.Architecture;

/// <summary>A layer that another wraps.</summary>
/// <param name="ClassName">Its Keras class.</param>
/// <param name="Wrapped">What it wraps in turn.</param>
internal sealed record WrappedLayer(string ClassName, IReadOnlyList<WrappedLayer> Wrapped)
{
    /// <summary>What a layer wraps: one, several cells, or none.</summary>
    /// <param name="options">The options of the layer.</param>
    public static IReadOnlyList<WrappedLayer> Of(string options)
    {
        using var json = JsonDocument.Parse(options);
        return Of(json.RootElement);
    }

    /// <summary>What a layer of a config wraps.</summary>
    public static IReadOnlyList<WrappedLayer> Of(KerasObject? layer)
    {
        if ((layer?.Take("layer") ?? layer?.Take("cell")) is not { ValueKind: JsonValueKind.Object } given) return [];
        KerasObject inner = KerasObject.Read(given);
        if (inner.ClassName != "StackedRNNCells") return [new(inner.ClassName, Of(inner))];
        return inner.Take("cells") is { ValueKind: JsonValueKind.Array } cells
            ? [.. cells.EnumerateArray().Select(cell => new WrappedLayer(KerasObject.Read(cell).ClassName, []))] : [];
    }

    private static IReadOnlyList<WrappedLayer> Of(JsonElement options)
    {
        if (options.TryGetProperty("Layer", out JsonElement one)) return [Read(one)];
        return options.TryGetProperty("Cells", out JsonElement cells) ? [.. cells.EnumerateArray().Select(Read)] : [];
    }

    private static WrappedLayer Read(JsonElement layer) =>
        new(layer.GetProperty("Type").GetString()!, Of(layer.GetProperty("Options")));
}
