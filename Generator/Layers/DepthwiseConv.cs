using CompiledNets.Generator.Ops;
using CompiledNets.Generator.Passes;

namespace CompiledNets.Generator.Layers;

/// <summary>
/// activation(kernel over each channel for itself + bias): DepthwiseConv1D and DepthwiseConv2D. It is a convolution in which each channel
/// is a group, whose filters are the channel's multiples.
/// </summary>
internal sealed record DepthwiseConv : ConvolutionLayer
{
    public override string Type => $"DepthwiseConv{Motion.Dimensions}D";

    /// <summary>Results of each channel.</summary>
    public required int DepthMultiplier { get; init; }

    public required string DepthwiseInitializer { get; init; }

    public static DepthwiseConv Resolve(Arguments arguments, int dimensions) => new()
    {
        Index = arguments.Index,
        Name = arguments.Name,
        Trainable = arguments.Trainable,
        Motion = KernelMotion.Resolve(arguments, dimensions),
        DepthMultiplier = arguments.PositiveOr(nameof(DepthMultiplier), 1),
        Activation = arguments.Activation(nameof(Activation)),
        UseBias = arguments.Bool(nameof(UseBias), true),
        DepthwiseInitializer = arguments.Initializer(nameof(DepthwiseInitializer), "glorot_uniform"),
        BiasInitializer = arguments.Initializer(nameof(BiasInitializer), "zeros"),
    };

    /// <summary>Channels of the result; no more than a number can say.</summary>
    public static int Filters(int channels, int multiplier) => (int)Math.Min((long)channels * multiplier, int.MaxValue);

    /// <summary>The kernel of each channel; its gradient has a row for each place, with all channels.</summary>
    public static Weight Kernel(string name, KernelMotion motion, int channels, int multiplier, string initializer) =>
        new(name, Shape.Of([.. motion.KernelSize, channels, multiplier]), initializer) { Columns = Filters(channels, multiplier) };

    protected override string WordOf(string weight) => weight == "kernel" ? "Depthwise" : base.WordOf(weight);

    public override Shape? InferShape(Shape input, ShapeContext context)
    {
        if (!WindowShapes.IsImage(input, Motion.Dimensions, context)) return null;
        if (WindowShapes.Positions(input, Motion, context) is not { } positions) return null;
        Shape output = Shape.Of([.. positions, Filters(input.Last, DepthMultiplier)]);
        return Layers.Activation.ShapeOf(Activation, output, nameof(Activation), context);
    }

    public override IEnumerable<Weight> Weights(Shape input)
    {
        yield return Kernel("kernel", Motion, input.Last, DepthMultiplier, DepthwiseInitializer);
        if (UseBias) yield return new("bias", Shape.Of(Filters(input.Last, DepthMultiplier)), BiasInitializer);
    }

    public override Value Lower(Lowering lowering, Value input)
    {
        Value? bias = UseBias ? lowering.Weight("bias") : null;
        Window window = WindowShapes.Of(input.Shape, Motion, input.Shape.Last);
        Value made = lowering.Add(new Convolution(
            Name, window, input, lowering.Weight("kernel"), bias, Filters(input.Shape.Last, DepthMultiplier), Name));
        return lowering.Activate(Name, Activation, made);
    }
}
