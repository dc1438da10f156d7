using System.Text.Json;
using CompiledNets.Naming;

namespace CompiledNets.Keras.Layers;

/// <summary>Activations: Keras's names and the constants for them.</summary>
internal static class ActivationNames
{
    /// <summary>The constant of an activation as C# source; null for none at all.</summary>
    /// <exception cref="KerasUnsupportedException">There is no such activation.</exception>
    public static string? Source(JsonElement? activation)
    {
        if (activation is not { } value) return null;
        string name = value.ValueKind switch
        {
            JsonValueKind.String => value.GetString()!,
            JsonValueKind.Object when value.TryGetProperty("class_name", out JsonElement kind) && kind.GetString() == "function" =>
                value.GetProperty("config").GetString()!,
            _ => throw new KerasUnsupportedException($"activation {JsonText.Of(value)}"),
        };
        string known = KnownActivations.Find(name) ?? throw new KerasUnsupportedException($"activation {name}");
        return known == Activation.Linear ? null : $"{nameof(Activation)}.{LayerNames.Pascal(known)}";
    }
}
