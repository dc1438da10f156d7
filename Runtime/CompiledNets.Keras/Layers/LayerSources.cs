using System.Globalization;
using System.Text.Json;
using CompiledNets.Keras.Graphs;

namespace CompiledNets.Keras.Layers;

/// <summary>The table of layers: what the attribute of each Keras class takes. Attributes are called as the classes are.</summary>
internal static class LayerSources
{
    private static readonly Dictionary<string, Action<KerasObject, AttributeSource>> Table = new(StringComparer.Ordinal)
    {
        ["Activation"] = Activation,
        ["ActivityRegularization"] = static (layer, attribute) =>
            attribute.With("L1", layer.Number("l1", 0), 0).With("L2", layer.Number("l2", 0), 0),
        ["AdaptiveAveragePooling1D"] = SpatialSources.AdaptivePooling,
        ["AdaptiveAveragePooling2D"] = SpatialSources.AdaptivePooling,
        ["AdaptiveAveragePooling3D"] = SpatialSources.AdaptivePooling,
        ["AdaptiveMaxPooling1D"] = SpatialSources.AdaptivePooling,
        ["AdaptiveMaxPooling2D"] = SpatialSources.AdaptivePooling,
        ["AdaptiveMaxPooling3D"] = SpatialSources.AdaptivePooling,
        ["AlphaDropout"] = static (layer, attribute) => Noise(layer, attribute, "rate"),
        ["Add"] = static (_, _) => { },
        ["AdditiveAttention"] = AttentionSources.Additive,
        ["Attention"] = AttentionSources.DotProduct,
        ["Average"] = static (_, _) => { },
        ["AveragePooling1D"] = SpatialSources.Pooling,
        ["AveragePooling2D"] = SpatialSources.Pooling,
        ["AveragePooling3D"] = SpatialSources.Pooling,
        ["BatchNormalization"] = BatchNormalization,
        ["Bidirectional"] = RecurrentSources.Bidirectional,
        ["CenterCrop"] = SpatialSources.Size,
        ["Concatenate"] = static (layer, attribute) => attribute.With("Axis", layer.Int("axis", -1), -1),
        ["Conv1D"] = static (layer, attribute) => ConvolutionSources.Plain(layer, attribute, 1),
        ["Conv1DTranspose"] = static (layer, attribute) => ConvolutionSources.Transposed(layer, attribute, 1),
        ["Conv2D"] = static (layer, attribute) => ConvolutionSources.Plain(layer, attribute, 2),
        ["Conv2DTranspose"] = static (layer, attribute) => ConvolutionSources.Transposed(layer, attribute, 2),
        ["Conv3D"] = static (layer, attribute) => ConvolutionSources.Plain(layer, attribute, 3),
        ["Conv3DTranspose"] = static (layer, attribute) => ConvolutionSources.Transposed(layer, attribute, 3),
        ["ConvLSTM1D"] = static (layer, attribute) => RecurrentSources.Convolution(layer, attribute, 1),
        ["ConvLSTM2D"] = static (layer, attribute) => RecurrentSources.Convolution(layer, attribute, 2),
        ["ConvLSTM3D"] = static (layer, attribute) => RecurrentSources.Convolution(layer, attribute, 3),
        ["Cropping1D"] = SpatialSources.Cropping,
        ["Cropping2D"] = SpatialSources.Cropping,
        ["Cropping3D"] = SpatialSources.Cropping,
        ["Dense"] = Dense,
        ["DepthwiseConv1D"] = static (layer, attribute) => ConvolutionSources.Depthwise(layer, attribute, 1),
        ["DepthwiseConv2D"] = static (layer, attribute) => ConvolutionSources.Depthwise(layer, attribute, 2),
        ["Dropout"] = static (layer, attribute) => Noise(layer, attribute, "rate"),
        ["ELU"] = static (layer, attribute) => attribute.WithFirst(layer.Number("alpha", 1), 1),
        ["Dot"] = Dot,
        ["EinsumDense"] = AttentionSources.Einsum,
        ["Embedding"] = Embedding,
        ["Flatten"] = static (_, _) => { },
        ["GRU"] = RecurrentSources.Recurrent,
        ["GRUCell"] = RecurrentSources.Recurrent,
        ["GaussianDropout"] = static (layer, attribute) => Noise(layer, attribute, "rate"),
        ["GaussianNoise"] = static (layer, attribute) => Noise(layer, attribute, "stddev"),
        ["GlobalAveragePooling1D"] = SpatialSources.GlobalPooling,
        ["GlobalAveragePooling2D"] = SpatialSources.GlobalPooling,
        ["GlobalAveragePooling3D"] = SpatialSources.GlobalPooling,
        ["GlobalMaxPooling1D"] = SpatialSources.GlobalPooling,
        ["GlobalMaxPooling2D"] = SpatialSources.GlobalPooling,
        ["GlobalMaxPooling3D"] = SpatialSources.GlobalPooling,
        ["GroupNormalization"] = GroupNormalization,
        ["GroupedQueryAttention"] = AttentionSources.GroupedQuery,
        ["GroupQueryAttention"] = AttentionSources.GroupedQuery,
        ["Identity"] = static (_, _) => { },
        ["LSTM"] = RecurrentSources.Recurrent,
        ["LSTMCell"] = RecurrentSources.Recurrent,
        ["LayerNormalization"] = LayerNormalization,
        ["LeakyReLU"] = static (layer, attribute) =>
            attribute.WithFirst(layer.OptionalNumber("negative_slope") ?? layer.Number("alpha", 0.3), 0.3),
        ["MaxPooling1D"] = SpatialSources.Pooling,
        ["MaxPooling2D"] = SpatialSources.Pooling,
        ["MaxPooling3D"] = SpatialSources.Pooling,
        ["Masking"] = static (layer, attribute) => attribute.WithFirst(layer.Number("mask_value", 0), 0),
        ["Maximum"] = static (_, _) => { },
        ["Minimum"] = static (_, _) => { },
        ["MultiHeadAttention"] = AttentionSources.MultiHead,
        ["Multiply"] = static (_, _) => { },
        ["Normalization"] = static (layer, attribute) => attribute.With("Axis", OneAxis(layer), -1),
        ["PReLU"] = PReLU,
        ["Permute"] = static (layer, attribute) => attribute.With(List(layer.Ints("dims"))),
        ["PositionEmbedding"] = AttentionSources.Positions,
        ["RMSNormalization"] = static (layer, attribute) =>
            attribute.WithAxes(Axes(layer)).With("Epsilon", layer.Number("epsilon", 1e-6), 1e-6),
        ["RNN"] = RecurrentSources.Cells,
        ["RandomBrightness"] = AugmentationSources.Tone,
        ["RandomContrast"] = AugmentationSources.Tone,
        ["RandomCrop"] = SpatialSources.Size,
        ["RandomFlip"] = AugmentationSources.Flip,
        ["RandomRotation"] = AugmentationSources.Rotation,
        ["RandomTranslation"] = AugmentationSources.TwoFactors,
        ["RandomZoom"] = AugmentationSources.TwoFactors,
        ["ReLU"] = ReLU,
        ["RepeatVector"] = static (layer, attribute) => attribute.With(List([layer.Int("n", 0)])),
        ["Rescaling"] = Rescaling,
        ["Reshape"] = static (layer, attribute) => attribute.With(List(layer.Ints("target_shape"))),
        ["Resizing"] = SpatialSources.Resizing,
        ["SeparableConv1D"] = static (layer, attribute) => ConvolutionSources.Separable(layer, attribute, 1),
        ["SeparableConv2D"] = static (layer, attribute) => ConvolutionSources.Separable(layer, attribute, 2),
        ["SimpleRNN"] = RecurrentSources.Recurrent,
        ["SimpleRNNCell"] = RecurrentSources.Recurrent,
        ["Softmax"] = static (layer, attribute) => attribute.WithAxes(Axes(layer)),
        ["SpatialDropout1D"] = static (layer, attribute) => Noise(layer, attribute, "rate"),
        ["SpatialDropout2D"] = static (layer, attribute) => Noise(layer, attribute, "rate"),
        ["SpatialDropout3D"] = static (layer, attribute) => Noise(layer, attribute, "rate"),
        ["SpectralNormalization"] = static (layer, attribute) =>
            attribute.Wrapping(Wrapped(layer, attribute.Layer)).WithFirst(layer.Number("power_iterations", 1), 1),
        ["ThresholdedReLU"] = static (layer, attribute) => attribute.With("Threshold", layer.Number("theta", 1), 0),
        ["TimeDistributed"] = static (layer, attribute) => attribute.Wrapping(Wrapped(layer, attribute.Layer)),
        ["UnitNormalization"] = static (layer, attribute) => attribute.WithAxes(Axes(layer)),
        ["Subtract"] = static (_, _) => { },
        ["UpSampling1D"] = SpatialSources.UpSampling,
        ["UpSampling2D"] = SpatialSources.UpSampling,
        ["UpSampling3D"] = SpatialSources.UpSampling,
        ["ZeroPadding1D"] = SpatialSources.ZeroPadding,
        ["ZeroPadding2D"] = SpatialSources.ZeroPadding,
        ["ZeroPadding3D"] = SpatialSources.ZeroPadding,
    };

    private static readonly HashSet<string> Merges = new(StringComparer.Ordinal)
    {
        "Add", "Average", "Concatenate", "Dot", "Maximum", "Minimum", "Multiply", "Subtract",
    };

    /// <summary>
    /// Layers without weights that Keras has, here or not, merges aside. The place of others in the network is that of their weights.
    /// </summary>
    private static readonly HashSet<string> Weightless = new(StringComparer.Ordinal)
    {
        "Activation", "ActivityRegularization", "AlphaDropout", "CenterCrop", "Dropout", "ELU", "Flatten", "GaussianDropout",
            "GaussianNoise", "Identity", "LeakyReLU", "Masking", "Permute", "RandomBrightness", "RandomContrast", "RandomCrop",
            "RandomFlip", "RandomRotation", "RandomTranslation", "RandomZoom", "ReLU", "RepeatVector", "Rescaling", "Reshape", "Resizing",
            "Softmax", "ThresholdedReLU", "UnitNormalization",
    };

    /// <summary>Others of the kind, without the number of their axes: <c>MaxPooling2D</c> is of <c>MaxPooling</c>.</summary>
    private static readonly HashSet<string> WeightlessByAxes = new(StringComparer.Ordinal)
    {
        "AdaptiveAveragePooling", "AdaptiveMaxPooling", "AveragePooling", "Cropping", "GlobalAveragePooling", "GlobalMaxPooling",
            "MaxPooling", "SpatialDropout", "UpSampling", "ZeroPadding",
    };

    /// <summary>Whether a layer joins several values.</summary>
    public static bool IsMerge(KerasObject layer) => Merges.Contains(layer.ClassName);

    /// <summary>
    /// The layer that another has as its activation, <c>Dense(4, activation=LeakyReLU(0.1))</c>; null where it has none, or a function,
    /// and where it cannot stand after it: inside of recurrent layers, with weights of its own, before an activity regularizer.
    /// </summary>
    public static KerasObject? ActivationLayer(KerasObject layer) =>
        layer.Look("activation") is { ValueKind: JsonValueKind.Object } value && layer.Look("activity_regularizer") is null
            && !layer.Has("recurrent_initializer") && KerasObject.Read(value) is { ClassName: not "function" } activation
            && Table.ContainsKey(activation.ClassName) && HasNoWeights(activation) ? activation : null;

    /// <summary>Whether a layer is known to have no weights.</summary>
    public static bool HasNoWeights(KerasObject layer) => IsMerge(layer) || Weightless.Contains(layer.ClassName)
        || (layer.ClassName is [.. var kind, '1' or '2' or '3', 'D'] && WeightlessByAxes.Contains(kind));

    /// <summary>The layer that a wrapper wraps; null for other layers.</summary>
    public static KerasObject? WrappedBy(KerasObject layer) => layer.Take("layer") is { } wrapped ? KerasObject.Read(wrapped) : null;

    /// <summary>The attribute of a layer.</summary>
    /// <param name="graphLayer">The layer.</param>
    /// <param name="name">Its name in the network.</param>
    /// <param name="isWritten">Whether the name is written.</param>
    /// <exception cref="KerasUnsupportedException">There is no such layer, or not with these options.</exception>
    public static AttributeSource Of(GraphLayer graphLayer, string name, bool isWritten)
    {
        KerasObject layer = graphLayer.Config;
        if (!Table.TryGetValue(layer.ClassName, out Action<KerasObject, AttributeSource>? fill))
            throw new KerasUnsupportedException($"layer {layer.ClassName}");
        AttributeSource attribute = new(AttributeOf(layer.ClassName), name);
        fill(layer, attribute);
        if (layer.Text("data_format") is not (null or "channels_last")) throw layer.Wrong("data_format", layer.Take("data_format"));

        // Random numbers are the network's own. The shape of the input, which Keras 2 notes on the first layer, is the network's too.
        layer.Take("seed");
        layer.Take("batch_input_shape");
        foreach (string asked in graphLayer.Asked ?? []) attribute.With(asked, true, false);
        attribute.WithActivity(layer);
        layer.RefuseRest();
        attribute.With("Trainable", layer.Bool("trainable", true) && !(graphLayer.IsFrozen && !HasNoWeights(layer)), true);
        return isWritten ? attribute.With($"Name = {JsonText.Literal(name)}") : attribute;
    }

    /// <summary>The class of a layer here, by any of the names that Keras has for it.</summary>
    public static string ClassOf(string kerasName) => kerasName switch
    {
        "GroupQueryAttention" => "GroupedQueryAttention",
        "ThresholdedReLU" => "ReLU",
        _ => kerasName,
    };

    // Keras's class may have another name than the layer that users make.
    private static string AttributeOf(string className) =>
        ClassOf(className) is "GroupedQueryAttention" ? "GroupQueryAttention" : ClassOf(className);

    /// <summary>Numbers as arguments.</summary>
    public static string List(IEnumerable<int> numbers) =>
        string.Join(", ", numbers.Select(number => number.ToString(CultureInfo.InvariantCulture)));

    // The attribute of the layer that a wrapper wraps; what members it needs are called after the wrapper.
    internal static AttributeSource Wrapped(KerasObject wrapper, string name) =>
        Of(new(WrappedBy(wrapper) ?? throw wrapper.Wrong("layer", wrapper.Take("layer")), [], isFrozen: false), name, isWritten: false);

    private static void Dense(KerasObject layer, AttributeSource attribute)
    {
        attribute.With(layer.Int("units", 0).ToString(CultureInfo.InvariantCulture));
        if (ActivationNames.Source(layer.Take("activation")) is string activation) attribute.With(activation);
        attribute.With("UseBias", layer.Bool("use_bias", true), true)
            .WithInitializer(layer, "KernelInitializer", "kernel_initializer", "GlorotUniform")
            .WithInitializer(layer, "BiasInitializer", "bias_initializer", "Zeros")
            .WithRules(layer, "Kernel", "kernel")
            .WithRules(layer, "Bias", "bias");
    }

    // Older versions note the length of sequences, which the network's input has.
    private static void Embedding(KerasObject layer, AttributeSource attribute)
    {
        layer.Take("input_length");
        attribute.With(List([layer.Int("input_dim", 0), layer.Int("output_dim", 0)]))
            .WithInitializer(layer, "EmbeddingsInitializer", "embeddings_initializer", "RandomUniform")
            .WithRules(layer, "Embeddings", "embeddings")
            .With("MaskZero", layer.Bool("mask_zero", false), false);
    }

    private static void Activation(KerasObject layer, AttributeSource attribute) =>
        attribute.With(ActivationNames.Source(layer.Take("activation"))
            ?? $"{nameof(CompiledNets.Activation)}.{nameof(CompiledNets.Activation.Linear)}");

    private static void BatchNormalization(KerasObject layer, AttributeSource attribute)
    {
        // What renormalization would do is only there with it.
        layer.Take("renorm_momentum");
        attribute.With("Axis", OneAxis(layer), -1)
            .With("Momentum", layer.Number("momentum", 0.99), 0.99)
            .With("Epsilon", layer.Number("epsilon", 1e-3), 1e-3)
            .With("Center", layer.Bool("center", true), true)
            .With("Scale", layer.Bool("scale", true), true)
            .WithInitializer(layer, "BetaInitializer", "beta_initializer", "Zeros")
            .WithInitializer(layer, "GammaInitializer", "gamma_initializer", "Ones")
            .WithInitializer(layer, "MovingMeanInitializer", "moving_mean_initializer", "Zeros")
            .WithInitializer(layer, "MovingVarianceInitializer", "moving_variance_initializer", "Ones")
            .WithRules(layer, "Beta", "beta")
            .WithRules(layer, "Gamma", "gamma");
    }

    private static void LayerNormalization(KerasObject layer, AttributeSource attribute) =>
        CenterAndScale(layer, attribute.WithAxes(Axes(layer)));

    private static void GroupNormalization(KerasObject layer, AttributeSource attribute)
    {
        int groups = layer.Int("groups", 32);
        if (groups != 32) attribute.With(List([groups]));
        CenterAndScale(layer, attribute.With("Axis", OneAxis(layer), -1));
    }

    private static void CenterAndScale(KerasObject layer, AttributeSource attribute) => attribute
        .With("Epsilon", layer.Number("epsilon", 1e-3), 1e-3)
        .With("Center", layer.Bool("center", true), true)
        .With("Scale", layer.Bool("scale", true), true)
        .WithInitializer(layer, "BetaInitializer", "beta_initializer", "Zeros")
        .WithInitializer(layer, "GammaInitializer", "gamma_initializer", "Ones")
        .WithRules(layer, "Beta", "beta")
        .WithRules(layer, "Gamma", "gamma");

    private static void ReLU(KerasObject layer, AttributeSource attribute) => attribute
        .WithFirst(layer.OptionalNumber("max_value") ?? double.PositiveInfinity, double.PositiveInfinity)
        .With("NegativeSlope", layer.Number("negative_slope", 0), 0)
        .With("Threshold", layer.Number("threshold", 0), 0);

    // Keras takes a negative axis for another one than Python does; none writes it.
    private static void PReLU(KerasObject layer, AttributeSource attribute)
    {
        int[] shared = layer.Ints("shared_axes");
        if (Array.Exists(shared, axis => axis <= 0)) throw layer.Wrong("shared_axes", layer.Take("shared_axes"));
        attribute.WithInitializer(layer, "AlphaInitializer", "alpha_initializer", "Zeros").With("SharedAxes", shared)
            .WithRules(layer, "Alpha", "alpha");
    }

    // The shape of the mask in Keras has the batch too, each sample of which has a mask of its own here.
    private static void Noise(KerasObject layer, AttributeSource attribute, string amount)
    {
        attribute.With(AttributeSource.Number(layer.Number(amount, 0)));
        if (layer.Take("noise_shape") is not { } shape) return;
        if (shape.ValueKind != JsonValueKind.Array || shape.GetArrayLength() == 0 || shape[0].ValueKind != JsonValueKind.Null)
            throw layer.Wrong("noise_shape", shape);
        attribute.With("NoiseShape",
            [.. shape.EnumerateArray().Skip(1)
            .Select(size => size.ValueKind == JsonValueKind.Null ? -1 : size.TryGetInt32(out int number) ? number
            : throw layer.Wrong("noise_shape", shape))]);
    }

    // One axis for both, or one for each.
    private static void Dot(KerasObject layer, AttributeSource attribute)
    {
        int[] axes = layer.Take("axes") is { ValueKind: JsonValueKind.Array } ? layer.Ints("axes") : [layer.Int("axes", 0)];
        attribute.With(axes.Length == 1 ? $"Axis = {List(axes)}" : $"Axes = new[] {{ {List(axes)} }}")
            .With("Normalize", layer.Bool("normalize", false), false);
    }

    private static void Rescaling(KerasObject layer, AttributeSource attribute)
    {
        attribute.With(AttributeSource.Number(layer.Number("scale", 1)));
        double offset = layer.Number("offset", 0);
        if (offset != 0) attribute.With(AttributeSource.Number(offset));
    }

    private static int[] Axes(KerasObject layer) =>
        !layer.Has("axis") ? [-1] : layer.Take("axis") is { ValueKind: JsonValueKind.Array } ? layer.Ints("axis") : [OneAxis(layer)];

    // Files of some versions write the one axis as a list; none at all is another thing than the default.
    private static int OneAxis(KerasObject layer) => layer.Has("axis")
        ? layer.Take("axis") switch
        {
            { ValueKind: JsonValueKind.Array } list when list.GetArrayLength() == 1 && list[0].ValueKind == JsonValueKind.Number =>
                list[0].GetInt32(),
            { ValueKind: JsonValueKind.Number } number => number.GetInt32(),
            var other => throw layer.Wrong("axis", other),
        }
        : -1;
}
