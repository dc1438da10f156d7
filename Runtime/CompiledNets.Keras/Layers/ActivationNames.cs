using System.Text.Json;

namespace CompiledNets.Keras.Layers;

/// <summary>Activations: Keras's names and the constants for them.</summary>
internal static class ActivationNames
{
    private static readonly Dictionary<string, string> Constants = new(StringComparer.Ordinal)
    {
        ["linear"] = nameof(Activation.Linear),
        ["relu"] = nameof(Activation.Relu),
        ["relu6"] = nameof(Activation.Relu6),
        ["leaky_relu"] = nameof(Activation.LeakyRelu),
        ["elu"] = nameof(Activation.Elu),
        ["celu"] = nameof(Activation.Celu),
        ["selu"] = nameof(Activation.Selu),
        ["gelu"] = nameof(Activation.Gelu),
        ["gelu_approximate"] = nameof(Activation.GeluApproximate),
        ["sigmoid"] = nameof(Activation.Sigmoid),
        ["log_sigmoid"] = nameof(Activation.LogSigmoid),
        ["tanh"] = nameof(Activation.Tanh),
        ["softplus"] = nameof(Activation.Softplus),
        ["hard_sigmoid"] = nameof(Activation.HardSigmoid),
        ["hard_silu"] = nameof(Activation.HardSilu),
        ["hard_swish"] = nameof(Activation.HardSilu),
        ["hard_tanh"] = nameof(Activation.HardTanh),
        ["silu"] = nameof(Activation.Silu),
        ["swish"] = nameof(Activation.Silu),
        ["mish"] = nameof(Activation.Mish),
        ["softsign"] = nameof(Activation.Softsign),
        ["exponential"] = nameof(Activation.Exponential),
        ["softmax"] = nameof(Activation.Softmax),
        ["log_softmax"] = nameof(Activation.LogSoftmax),
        ["glu"] = nameof(Activation.Glu),
        ["soft_shrink"] = nameof(Activation.SoftShrink),
        ["hard_shrink"] = nameof(Activation.HardShrink),
        ["tanh_shrink"] = nameof(Activation.TanhShrink),
        ["sparse_plus"] = nameof(Activation.SparsePlus),
        ["sparse_sigmoid"] = nameof(Activation.SparseSigmoid),
        ["squareplus"] = nameof(Activation.Squareplus),
        ["sparsemax"] = nameof(Activation.Sparsemax),
    };

    /// <summary>The constant of an activation as C# source; null for none at all.</summary>
    /// <exception cref="KerasUnsupportedException">There is no such activation.</exception>
    public static string? Source(JsonElement? activation)
    {
        if (activation is not { } value) return null;
        string name = value.ValueKind switch
        {
            JsonValueKind.String => value.GetString()!,
            JsonValueKind.Object when value.TryGetProperty("class_name", out JsonElement kind) && kind.GetString() == "function" => value.GetProperty("config").GetString()!,
            _ => throw new KerasUnsupportedException($"activation {JsonText.Of(value)}"),
        };
        if (!Constants.TryGetValue(name, out string? constant)) throw new KerasUnsupportedException($"activation {name}");
        return constant == nameof(Activation.Linear) ? null : $"{nameof(Activation)}.{constant}";
    }
}
