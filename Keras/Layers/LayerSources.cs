using System.Globalization;
using System.Text.Json;

namespace CompiledNets.Keras.Layers;

/// <summary>The table of layers: how each Keras class becomes an attribute.</summary>
internal static class LayerSources
{
    private static readonly Dictionary<string, Func<KerasObject, AttributeSource>> Table = new(StringComparer.Ordinal)
    {
        ["Dense"] = Dense,
        ["Activation"] = Activation,
        ["Dropout"] = layer => new AttributeSource("Dropout").With(AttributeSource.Number(layer.Number("rate", 0))),
        ["BatchNormalization"] = BatchNormalization,
        ["Normalization"] = Normalization,
        ["Rescaling"] = Rescaling,
        ["Flatten"] = _ => new("Flatten"),
        ["Reshape"] = layer => new AttributeSource("Reshape").With(List(layer.Ints("target_shape"))),
        ["Identity"] = _ => new("Identity"),
    };

    /// <summary>The attribute of a layer.</summary>
    /// <exception cref="KerasUnsupportedException">There is no such layer, or not with these options.</exception>
    public static AttributeSource Of(KerasObject layer)
    {
        if (!Table.TryGetValue(layer.ClassName, out Func<KerasObject, AttributeSource>? source)) throw new KerasUnsupportedException($"layer {layer.ClassName}");
        AttributeSource attribute = source(layer);
        layer.Take("seed");
        layer.RefuseRest();
        return attribute.With("Trainable", layer.Bool("trainable", true), true);
    }

    /// <summary>Numbers as arguments.</summary>
    public static string List(IEnumerable<int> numbers) => string.Join(", ", numbers.Select(number => number.ToString(CultureInfo.InvariantCulture)));

    private static AttributeSource Dense(KerasObject layer)
    {
        AttributeSource attribute = new AttributeSource("Dense").With(layer.Int("units", 0).ToString(CultureInfo.InvariantCulture));
        if (ActivationNames.Source(layer.Take("activation")) is string activation) attribute.With(activation);
        return attribute.With("UseBias", layer.Bool("use_bias", true), true)
            .WithInitializer(layer, "KernelInitializer", "kernel_initializer", "GlorotUniform")
            .WithInitializer(layer, "BiasInitializer", "bias_initializer", "Zeros");
    }

    private static AttributeSource Activation(KerasObject layer) =>
        new AttributeSource("Activation").With(ActivationNames.Source(layer.Take("activation")) ?? $"{nameof(CompiledNets.Activation)}.{nameof(CompiledNets.Activation.Linear)}");

    private static AttributeSource BatchNormalization(KerasObject layer)
    {
        // What renormalization would do is only there with it.
        layer.Take("renorm_momentum");
        return new AttributeSource("BatchNormalization").With("Axis", OneAxis(layer), -1)
            .With("Momentum", layer.Number("momentum", 0.99), 0.99)
            .With("Epsilon", layer.Number("epsilon", 1e-3), 1e-3)
            .With("Center", layer.Bool("center", true), true)
            .With("Scale", layer.Bool("scale", true), true)
            .WithInitializer(layer, "BetaInitializer", "beta_initializer", "Zeros")
            .WithInitializer(layer, "GammaInitializer", "gamma_initializer", "Ones")
            .WithInitializer(layer, "MovingMeanInitializer", "moving_mean_initializer", "Zeros")
            .WithInitializer(layer, "MovingVarianceInitializer", "moving_variance_initializer", "Ones");
    }

    private static AttributeSource Normalization(KerasObject layer) => new AttributeSource("Normalization").With("Axis", OneAxis(layer), -1);

    private static AttributeSource Rescaling(KerasObject layer)
    {
        AttributeSource attribute = new AttributeSource("Rescaling").With(AttributeSource.Number(layer.Number("scale", 1)));
        double offset = layer.Number("offset", 0);
        return offset == 0 ? attribute : attribute.With(AttributeSource.Number(offset));
    }

    // Files of some versions write the one axis as a list.
    private static int OneAxis(KerasObject layer) => layer.Take("axis") switch
    {
        null => -1,
        { ValueKind: JsonValueKind.Array } list when list.GetArrayLength() == 1 => list[0].GetInt32(),
        { ValueKind: JsonValueKind.Number } number => number.GetInt32(),
        { } other => throw new KerasUnsupportedException($"{layer.ClassName} with axis {other}"),
    };
}
