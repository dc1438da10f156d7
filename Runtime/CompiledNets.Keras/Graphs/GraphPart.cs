using System.Text.Json;
using CompiledNets.Keras.Layers;

namespace CompiledNets.Keras.Graphs;

/// <summary>Something that can be called: a layer, or a network that is nested in another.</summary>
/// <param name="className">Its class.</param>
internal abstract class GraphPart(string className)
{
    /// <summary>Its class.</summary>
    public string ClassName { get; } = className;

    /// <summary>Name and batch shape of each input of a network.</summary>
    public virtual IReadOnlyList<(string Name, JsonElement? BatchShape)> Inputs => [];

    /// <summary>The names of its outputs.</summary>
    public abstract IReadOnlyList<string> OutputNames { get; }

    /// <summary>Calls it.</summary>
    /// <param name="inputs">What it is called with.</param>
    /// <param name="calls">Takes the calls of layers that this makes, each after those whose results it takes.</param>
    /// <returns>The outputs.</returns>
    public abstract IReadOnlyList<GraphValue> Apply(IReadOnlyList<GraphValue> inputs, List<LayerCall> calls);

    /// <summary>Calls it with arguments that are named.</summary>
    /// <param name="inputs">What it is called with, named values last.</param>
    /// <param name="call">The call.</param>
    /// <param name="calls">Takes the calls of layers that this makes.</param>
    /// <returns>The outputs.</returns>
    /// <exception cref="KerasUnsupportedException">It takes no such argument.</exception>
    public virtual IReadOnlyList<GraphValue> Apply(IReadOnlyList<GraphValue> inputs, Call call, List<LayerCall> calls)
    {
        return call.Named.Concat(call.Asked).FirstOrDefault() is { } argument
            ? throw new KerasUnsupportedException($"{ClassName} called with {argument}") : Apply(inputs, calls);
    }

    /// <summary>The layers and networks of a network, in the order of its config, inputs too, whose part is null.</summary>
    public virtual IReadOnlyList<PartMember> Members => [];

    /// <summary>Whether it does something else in training than in inference, so that a call can fix one of the two.</summary>
    public abstract bool KnowsTraining { get; }

    /// <summary>Reads a layer or a network.</summary>
    /// <param name="entry">Its JSON.</param>
    /// <param name="models">Names of the nested networks around it, outermost first.</param>
    /// <param name="isFrozen">Whether a network around it is frozen.</param>
    public static GraphPart Read(JsonElement entry, IReadOnlyList<string> models, bool isFrozen)
    {
        KerasObject read = KerasObject.Read(entry);
        JsonElement config = entry.TryGetProperty("config", out JsonElement given) ? given : default;
        return read.ClassName switch
        {
            "Sequential" => new SequentialPart(read, config, models, isFrozen),
            "Functional" or "Model" => new FunctionalPart(read, config, models, isFrozen),
            _ when LayerSources.ActivationLayer(read) is { } activation => new LayerPart(
                new(read.Without("activation"), models, isFrozen), new LayerPart(new(activation, models, isFrozen))),
            _ => new LayerPart(new(read, models, isFrozen)),
        };
    }

    /// <summary>The layers of a network's config.</summary>
    /// <exception cref="KerasUnsupportedException">There are none.</exception>
    protected JsonElement[] Entries(JsonElement config) => config switch
    {
        // The first versions of Keras 2 write the layers of a Sequential without an object around them.
        { ValueKind: JsonValueKind.Array } => [.. config.EnumerateArray()],
        { ValueKind: JsonValueKind.Object } when config.TryGetProperty("layers", out JsonElement layers)
            && layers.ValueKind == JsonValueKind.Array => [.. layers.EnumerateArray()],
        _ => throw new KerasUnsupportedException($"{ClassName} network without layers"),
    };

    /// <summary>The batch shape that a layer's config notes: Keras 2 does so on the first layer of a network.</summary>
    protected static JsonElement? BatchShape(KerasObject layer) => layer.Take("batch_shape") ?? layer.Take("batch_input_shape");
}

/// <summary>A layer or a network in a network.</summary>
/// <param name="Name">Its name there.</param>
/// <param name="Part">What it is; null for an input.</param>
internal readonly record struct PartMember(string Name, GraphPart? Part);

/// <summary>A layer.</summary>
/// <param name="layer">The layer.</param>
/// <param name="activation">The layer that is its activation, which is one of its own here.</param>
internal sealed class LayerPart(GraphLayer layer, LayerPart? activation = null) : GraphPart(layer.Config.ClassName)
{
    /// <summary>The layer.</summary>
    public GraphLayer Layer { get; } = layer;

    /// <summary>The layer that is its activation; null where it has none, or a function.</summary>
    public LayerPart? Activation { get; } = activation;

    public override IReadOnlyList<string> OutputNames => [Layer.Name ?? ClassName];

    public override bool KnowsTraining => ClassName switch
    {
        "BatchNormalization" => !Layer.IsFrozen && Layer.Config.Bool("trainable", true),
        "SpectralNormalization" => true,
        _ => ClassName.Contains("Dropout", StringComparison.Ordinal) || ClassName.Contains("Noise", StringComparison.Ordinal)
            || ClassName.StartsWith("Random", StringComparison.Ordinal)
            || Layer.Config.Has("dropout"),
    };

    public override IReadOnlyList<GraphValue> Apply(IReadOnlyList<GraphValue> inputs, List<LayerCall> calls)
    {
        if (AttentionCall.Takes(ClassName) || RecurrentCall.TakesStates(ClassName))
            return Apply(inputs, new Call([], null), calls);
        LayerCall call = new(Layer, inputs, []);
        calls.Add(call);
        return Activation?.Apply([call], calls) ?? [call];
    }

    public override IReadOnlyList<GraphValue> Apply(IReadOnlyList<GraphValue> inputs, Call call, List<LayerCall> calls)
    {
        if (ClassName == "Softmax" && call.Named is ["mask"] && inputs.Count == 2)
        {
            LayerCall masked = new(Layer, [inputs[0]], [("Mask", inputs[1])]);
            calls.Add(masked);
            return [masked];
        }

        if (RecurrentCall.StatesOf(Layer.Config) is { } states) return RecurrentCall.Apply(Layer, states, inputs, call, calls);
        if (!AttentionCall.Takes(ClassName)) return base.Apply(inputs, call, calls);
        AttentionCall arguments = AttentionCall.Read(ClassName, inputs, call);
        if (Layer.Asked is { } asked && !asked.SequenceEqual(arguments.Asked))
            throw new KerasUnsupportedException($"{ClassName} called with {string.Join(" and ", call.Asked)} here and without it there");
        Layer.Asked = arguments.Asked;
        LayerCall made = new(Layer, arguments.Values, arguments.Masks);
        calls.Add(made);
        return call.Asked.Contains("return_attention_scores") ? [made, new LayerResult(made, "AttentionScores")] : [made];
    }
}
