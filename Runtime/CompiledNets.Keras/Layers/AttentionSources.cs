using System.Text.Json;

namespace CompiledNets.Keras.Layers;

/// <summary>What the attributes of attentions take, and of the layers that they are made with.</summary>
internal static class AttentionSources
{
    /// <summary>Luong's.</summary>
    public static void DotProduct(KerasObject layer, AttributeSource attribute)
    {
        attribute.With("UseScale", layer.Bool("use_scale", false), false);
        string mode = layer.Text("score_mode") ?? ScoreMode.Dot;
        if (mode is not (ScoreMode.Dot or ScoreMode.Concat)) throw layer.Wrong("score_mode", layer.Take("score_mode"));
        if (mode != ScoreMode.Dot) attribute.With($"ScoreMode = {nameof(ScoreMode)}.{LayerNames.Pascal(mode)}");
        attribute.With("Dropout", layer.Number("dropout", 0), 0);
    }

    /// <summary>Bahdanau's.</summary>
    public static void Additive(KerasObject layer, AttributeSource attribute) =>
        attribute.With("UseScale", layer.Bool("use_scale", true), true).With("Dropout", layer.Number("dropout", 0), 0);

    /// <summary>Several heads.</summary>
    public static void MultiHead(KerasObject layer, AttributeSource attribute)
    {
        int keyDim = layer.Int("key_dim", 0);
        attribute.With(LayerSources.List([layer.Int("num_heads", 0), keyDim]));
        attribute.BeforeNodes = 1;
        attribute.With("ValueDim", layer.Int("value_dim", keyDim), keyDim)
            .With("OutputShape", Sizes(layer, "output_shape"))
            .With("AttentionAxes", Sizes(layer, "attention_axes"));
        Heads(layer, attribute);
    }

    /// <summary>Several heads of which some share keys and values.</summary>
    public static void GroupedQuery(KerasObject layer, AttributeSource attribute)
    {
        attribute.With(LayerSources.List([layer.Int("head_dim", 0), layer.Int("num_query_heads", 0), layer.Int("num_key_value_heads", 0)]));
        attribute.BeforeNodes = 1;
        Heads(layer, attribute);
    }

    /// <summary>A product of axes.</summary>
    public static void Einsum(KerasObject layer, AttributeSource attribute)
    {
        attribute.With(JsonText.Literal(layer.Text("equation") ?? throw layer.Wrong("equation", null)));
        int[] shape = layer.Take("output_shape") switch
        {
            { ValueKind: JsonValueKind.Array } sizes =>
                [.. sizes.EnumerateArray().Select(size => size.ValueKind == JsonValueKind.Null ? -1 : size.TryGetInt32(out int number)
                ? number : throw layer.Wrong("output_shape", sizes))],
            _ => [layer.Int("output_shape", -1)],
        };
        attribute.With(LayerSources.List(shape));
        if (ActivationNames.Source(layer.Take("activation")) is string activation) attribute.With($"Activation = {activation}");
        if (layer.Text("bias_axes") is { Length: > 0 } axes) attribute.With($"BiasAxes = {JsonText.Literal(axes)}");
        Weights(layer, attribute);
    }

    /// <summary>Vectors of places, of keras_hub.</summary>
    public static void Positions(KerasObject layer, AttributeSource attribute) =>
        attribute.With(LayerSources.List([layer.Int("sequence_length", 0)]))
            .WithInitializer(layer, "Initializer", "initializer", "GlorotUniform");

    private static void Heads(KerasObject layer, AttributeSource attribute)
    {
        // How it is worked is no matter of its config's numbers; the shapes that Keras 2 notes are those of the values that it takes.
        foreach (string neutral in (ReadOnlySpan<string>)["flash_attention", "query_shape", "key_shape", "value_shape"])
            layer.Take(neutral);
        attribute.With("Dropout", layer.Number("dropout", 0), 0)
            .With("UseBias", layer.Bool("use_bias", true), true)
            .With("UseGate", layer.Bool("use_gate", false), false)
            .With("SlidingWindow", layer.Int("sliding_window", 0), 0);
        Weights(layer, attribute);
    }

    private static void Weights(KerasObject layer, AttributeSource attribute) => attribute
        .WithInitializer(layer, "KernelInitializer", "kernel_initializer", "GlorotUniform")
        .WithInitializer(layer, "BiasInitializer", "bias_initializer", "Zeros")
        .WithRules(layer, "Kernel", "kernel")
        .WithRules(layer, "Bias", "bias");

    // One number or a list.
    private static int[] Sizes(KerasObject layer, string name) => layer.Take(name) switch
    {
        null => [],
        { ValueKind: JsonValueKind.Array } => layer.Ints(name),
        _ => [layer.Int(name, 0)],
    };
}
