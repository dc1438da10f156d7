using CompiledNets.Generator.Ops;
using CompiledNets.Generator.Passes;

namespace CompiledNets.Generator.Layers;

/// <summary>
/// A kernel over each channel for itself, and filters over the channels of each place of that: SeparableConv1D and SeparableConv2D.
/// </summary>
internal sealed record SeparableConv : ConvolutionLayer
{
    private const string DepthwiseKernel = "depthwise_kernel", PointwiseKernel = "pointwise_kernel";

    public override string Type => $"SeparableConv{Motion.Dimensions}D";

    public required int Filters { get; init; }

    /// <summary>Results of each channel, which the filters take.</summary>
    public required int DepthMultiplier { get; init; }

    public required string DepthwiseInitializer { get; init; }

    public required string PointwiseInitializer { get; init; }

    public static SeparableConv Resolve(Arguments arguments, int dimensions) => new()
    {
        Index = arguments.Index,
        Name = arguments.Name,
        Trainable = arguments.Trainable,
        Motion = KernelMotion.Resolve(arguments, dimensions),
        Filters = arguments.Positive(nameof(Filters)),
        DepthMultiplier = arguments.PositiveOr(nameof(DepthMultiplier), 1),
        Activation = arguments.Activation(nameof(Activation)),
        UseBias = arguments.Bool(nameof(UseBias), true),
        DepthwiseInitializer = arguments.Initializer(nameof(DepthwiseInitializer), "glorot_uniform"),
        PointwiseInitializer = arguments.Initializer(nameof(PointwiseInitializer), "glorot_uniform"),
        BiasInitializer = arguments.Initializer(nameof(BiasInitializer), "zeros"),
    };

    protected override string WordOf(string weight) => weight switch
    {
        DepthwiseKernel => "Depthwise",
        PointwiseKernel => "Pointwise",
        _ => base.WordOf(weight),
    };

    public override Shape? InferShape(Shape input, ShapeContext context)
    {
        if (!WindowShapes.IsImage(input, Motion.Dimensions, context)) return null;
        if (WindowShapes.Positions(input, Motion, context) is not { } positions) return null;
        return Layers.Activation.ShapeOf(Activation, Shape.Of([.. positions, Filters]), nameof(Activation), context);
    }

    public override IEnumerable<Weight> Weights(Shape input)
    {
        yield return DepthwiseConv.Kernel(DepthwiseKernel, Motion, input.Last, DepthMultiplier, DepthwiseInitializer);
        int[] ones = [.. Enumerable.Repeat(1, Motion.Dimensions)];
        yield return new(PointwiseKernel, Shape.Of([.. ones, Between(input), Filters]), PointwiseInitializer);
        if (UseBias) yield return new("bias", Shape.Of(Filters), BiasInitializer);
    }

    public override Value Lower(Lowering lowering, Value input)
    {
        Window window = WindowShapes.Of(input.Shape, Motion, input.Shape.Last);
        Value channels = lowering.Add(new Convolution(
            Name, window, input, lowering.Weight(DepthwiseKernel), bias: null, Between(input.Shape), Name + "_depthwise"));
        Value? bias = UseBias ? lowering.Weight("bias") : null;
        Value made = lowering.Add(new Contraction(Name, channels, lowering.Weight(PointwiseKernel), bias, Name));
        return lowering.Activate(Name, Activation, made);
    }

    private int Between(Shape input) => DepthwiseConv.Filters(input.Last, DepthMultiplier);
}
