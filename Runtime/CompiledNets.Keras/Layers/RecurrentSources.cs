using System.Globalization;
using System.Text.Json;

namespace CompiledNets.Keras.Layers;

/// <summary>Recurrent layers and what wraps them.</summary>
internal static class RecurrentSources
{
    /// <summary>What both directions of a wrapper may have apart: what their names and their order are.</summary>
    private static readonly HashSet<string> OfOneDirection = new(StringComparer.Ordinal) { "name", "go_backwards", "dtype", "trainable" };

    /// <summary>SimpleRNN, LSTM and GRU.</summary>
    public static void Recurrent(KerasObject layer, AttributeSource attribute)
    {
        // How the numbers are computed is the compiler's: none of it changes them.
        foreach (string way in new[] { "implementation", "unroll", "use_cudnn", "time_major" })
        {
            if (way == "time_major" && layer.Bool(way, false)) throw layer.Wrong(way, layer.Take(way));
            layer.Take(way);
        }

        attribute.With(layer.Int("units", 0).ToString(CultureInfo.InvariantCulture));
        if (ActivationOf(layer, "activation", "Activation.Tanh") is { } activation) attribute.With(activation);
        Step(layer, attribute);
        if (!layer.ClassName.EndsWith("Cell", StringComparison.Ordinal)) Sequences(layer, attribute);
        if (layer.ClassName.StartsWith("GRU", StringComparison.Ordinal))
            attribute.With("ResetAfter", layer.Bool("reset_after", true), true);
    }

    /// <summary>LSTMs whose products are convolutions.</summary>
    public static void Convolution(KerasObject layer, AttributeSource attribute, int axes)
    {
        layer.Take("unroll");
        attribute.With(LayerSources.List([layer.Int("filters", 0)]));
        int[] kernel = ConvolutionSources.Sizes(layer, "kernel_size", axes);
        attribute.With(kernel.Length == 1 ? LayerSources.List(kernel) : $"new[] {{ {LayerSources.List(kernel)} }}");
        if (ActivationOf(layer, "activation", "Activation.Tanh") is { } activation) attribute.With(activation);
        ConvolutionSources.Steps(layer, attribute, "Strides", "strides", axes);
        if (layer.Text("padding") is { } padding && padding != Padding.Valid)
            attribute.With($"Padding = {nameof(Padding)}.{LayerNames.Pascal(padding)}");
        ConvolutionSources.Steps(layer, attribute, "DilationRate", "dilation_rate", axes);
        Step(layer, attribute);
        Sequences(layer, attribute);
    }

    /// <summary>A recurrent layer of cells.</summary>
    public static void Cells(KerasObject layer, AttributeSource attribute)
    {
        layer.Take("unroll");
        KerasObject cell = KerasObject.Read(layer.Take("cell") ?? throw layer.Wrong("cell", null));
        KerasObject[] cells = cell.ClassName == "StackedRNNCells" && cell.Take("cells") is { ValueKind: JsonValueKind.Array } all
            ? [.. all.EnumerateArray().Select(KerasObject.Read)] : [cell];
        AttributeSource? inner = null;
        foreach (KerasObject own in cells.Reverse())
        {
            AttributeSource next = LayerSources.Of(new(own, [], isFrozen: false), attribute.Layer, isWritten: false);
            inner = inner is null ? next : next.Wrapping(inner);
        }

        attribute.Wrapping(inner ?? throw layer.Wrong("cell", layer.Take("cell")));
        Sequences(layer, attribute);
    }

    /// <summary>Both directions: one layer stands for both.</summary>
    public static void Bidirectional(KerasObject layer, AttributeSource attribute)
    {
        JsonElement? forward = Config(layer.Take("layer")), backward = Config(layer.Take("backward_layer"));
        if (backward is { } other && forward is { } one && !AreOne(one, other)) throw layer.Wrong("backward_layer", other);
        string mode = !layer.Has("merge_mode") ? MergeMode.Concat : layer.Text("merge_mode") ?? MergeMode.None;
        attribute.Wrapping(LayerSources.Wrapped(layer, attribute.Layer));
        if (mode != MergeMode.Concat) attribute.With($"MergeMode = {nameof(MergeMode)}.{LayerNames.Pascal(mode)}");
    }

    private static void Step(KerasObject layer, AttributeSource attribute)
    {
        bool hasGates = !layer.ClassName.StartsWith("SimpleRNN", StringComparison.Ordinal);
        if (hasGates && ActivationOf(layer, "recurrent_activation", "Activation.Sigmoid") is { } gates)
            attribute.With($"RecurrentActivation = {gates}");
        attribute.With("UseBias", layer.Bool("use_bias", true), true)
            .WithInitializer(layer, "KernelInitializer", "kernel_initializer", "GlorotUniform")
            .WithInitializer(layer, "RecurrentInitializer", "recurrent_initializer", "Orthogonal")
            .WithInitializer(layer, "BiasInitializer", "bias_initializer", "Zeros")
            .WithRules(layer, "Kernel", "kernel")
            .WithRules(layer, "Recurrent", "recurrent")
            .WithRules(layer, "Bias", "bias")
            .With("Dropout", layer.Number("dropout", 0), 0)
            .With("RecurrentDropout", layer.Number("recurrent_dropout", 0), 0);
        if (layer.ClassName.Contains("LSTM", StringComparison.Ordinal))
            attribute.With("UnitForgetBias", layer.Bool("unit_forget_bias", true), true);
    }

    private static void Sequences(KerasObject layer, AttributeSource attribute) => attribute
        .With("ReturnSequences", layer.Bool("return_sequences", false), false)
        .With("ReturnState", layer.Bool("return_state", false), false)
        .With("Stateful", layer.Bool("stateful", false), false)
        .With("GoBackwards", layer.Bool("go_backwards", false), false)
        .With("ZeroOutputForMask", layer.Bool("zero_output_for_mask", false), false);

    // The constant of an activation unless it is the default.
    private static string? ActivationOf(KerasObject layer, string name, string initial)
    {
        if (!layer.Has(name)) return null;
        string given = ActivationNames.Source(layer.Take(name)) ?? $"{nameof(Activation)}.{nameof(Activation.Linear)}";
        return given == initial ? null : given;
    }

    private static JsonElement? Config(JsonElement? layer) => layer is { ValueKind: JsonValueKind.Object } given
        && given.TryGetProperty("config", out JsonElement config) ? config : null;

    private static bool AreOne(JsonElement one, JsonElement other) => one.EnumerateObject()
        .Where(argument => !OfOneDirection.Contains(argument.Name))
        .All(argument => other.TryGetProperty(argument.Name, out JsonElement value) && JsonElement.DeepEquals(argument.Value, value));
}
