using System.Text.Json;

namespace CompiledNets.Keras.Layers;

/// <summary>What the attributes of convolutions take.</summary>
internal static class ConvolutionSources
{
    /// <summary>Conv1D, Conv2D and Conv3D.</summary>
    public static void Plain(KerasObject layer, AttributeSource attribute, int axes)
    {
        Filters(layer, attribute);
        Begin(layer, attribute, axes);
        attribute.With("Groups", Groups(layer), 1).WithInitializer(layer, "KernelInitializer", "kernel_initializer", "GlorotUniform");
        Bias(layer, attribute.WithRules(layer, "Kernel", "kernel"));
    }

    /// <summary>Conv1DTranspose, Conv2DTranspose and Conv3DTranspose.</summary>
    public static void Transposed(KerasObject layer, AttributeSource attribute, int axes)
    {
        Filters(layer, attribute);
        Begin(layer, attribute, axes);
        if (layer.Take("output_padding") is { ValueKind: not JsonValueKind.Null })
            attribute.With("OutputPadding", Sizes(layer, "output_padding", axes));

        // Keras 2 writes the groups of a convolution here too, and makes nothing of them.
        if (Groups(layer) != 1) throw layer.Wrong("groups", layer.Take("groups"));
        attribute.WithInitializer(layer, "KernelInitializer", "kernel_initializer", "GlorotUniform");
        Bias(layer, attribute.WithRules(layer, "Kernel", "kernel"));
    }

    /// <summary>DepthwiseConv1D and DepthwiseConv2D.</summary>
    public static void Depthwise(KerasObject layer, AttributeSource attribute, int axes)
    {
        Begin(layer, attribute, axes);
        IgnoreKernel(layer);
        Groups(layer);
        attribute.With("DepthMultiplier", layer.Int("depth_multiplier", 1), 1)
            .WithInitializer(layer, "DepthwiseInitializer", "depthwise_initializer", "GlorotUniform");
        Bias(layer, attribute.WithRules(layer, "Depthwise", "depthwise"));
    }

    /// <summary>SeparableConv1D and SeparableConv2D.</summary>
    public static void Separable(KerasObject layer, AttributeSource attribute, int axes)
    {
        Filters(layer, attribute);
        Begin(layer, attribute, axes);
        IgnoreKernel(layer);
        Groups(layer);
        attribute.With("DepthMultiplier", layer.Int("depth_multiplier", 1), 1)
            .WithInitializer(layer, "DepthwiseInitializer", "depthwise_initializer", "GlorotUniform")
            .WithInitializer(layer, "PointwiseInitializer", "pointwise_initializer", "GlorotUniform");
        Bias(layer, attribute.WithRules(layer, "Depthwise", "depthwise").WithRules(layer, "Pointwise", "pointwise"));
    }

    private static void Filters(KerasObject layer, AttributeSource attribute) =>
        attribute.With(LayerSources.List([layer.Int("filters", 0)]));

    private static int Groups(KerasObject layer) => layer.Int("groups", 1);

    // What convolutions share up to the kernel's own arguments.
    private static void Begin(KerasObject layer, AttributeSource attribute, int axes)
    {
        int[] kernel = Sizes(layer, "kernel_size", axes);
        attribute.With(kernel.Length == 1 ? LayerSources.List(kernel) : $"new[] {{ {LayerSources.List(kernel)} }}");
        if (ActivationNames.Source(layer.Take("activation")) is string activation) attribute.With(activation);
        Steps(layer, attribute, "Strides", "strides", axes);
        if (layer.Text("padding") is { } padding && padding != Padding.Valid)
            attribute.With($"Padding = {nameof(Padding)}.{LayerNames.Pascal(padding)}");
        Steps(layer, attribute, "DilationRate", "dilation_rate", axes);
    }

    private static void Bias(KerasObject layer, AttributeSource attribute) => attribute
        .With("UseBias", layer.Bool("use_bias", true), true)
        .WithInitializer(layer, "BiasInitializer", "bias_initializer", "Zeros")
        .WithRules(layer, "Bias", "bias");

    // Keras 2 writes arguments of the kernel that there is none of, beside those of the kernels that there are.
    private static void IgnoreKernel(KerasObject layer)
    {
        foreach (string name in new[] { "kernel_initializer", "kernel_regularizer", "kernel_constraint" }) layer.Take(name);
    }

    internal static void Steps(KerasObject layer, AttributeSource attribute, string argument, string name, int axes)
    {
        int[] sizes = Sizes(layer, name, axes);
        if (sizes is not [1]) attribute.With(argument, sizes);
    }

    // One number for each axis; where all are the same, that one.
    internal static int[] Sizes(KerasObject layer, string name, int axes)
    {
        int[] sizes = layer.Take(name) is { ValueKind: JsonValueKind.Array } ? layer.Ints(name) : [layer.Int(name, 1)];
        if (sizes.Length != 1 && sizes.Length != axes) throw layer.Wrong(name, layer.Take(name));
        return Array.TrueForAll(sizes, size => size == sizes[0]) ? [sizes[0]] : sizes;
    }
}
