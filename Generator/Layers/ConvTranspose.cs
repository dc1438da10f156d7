using CompiledNets.Generator.Declaration;
using CompiledNets.Generator.Ops;
using CompiledNets.Generator.Passes;

namespace CompiledNets.Generator.Layers;

/// <summary>
/// activation(each place of the input spread over the places of a kernel, and added up + bias): Conv1DTranspose, Conv2DTranspose and
/// Conv3DTranspose. It makes of the results of a convolution an image of the size that the convolution takes.
/// </summary>
internal sealed record ConvTranspose : ConvolutionLayer
{
    public override string Type => $"Conv{Motion.Dimensions}DTranspose";

    public required int Filters { get; init; }

    /// <summary>Places more at the end of each axis; none where it is left to the padding.</summary>
    public required EquatableArray<int>? OutputPadding { get; init; }

    public required string KernelInitializer { get; init; }

    public static ConvTranspose Resolve(Arguments arguments, int dimensions) => new()
    {
        Index = arguments.Index,
        Name = arguments.Name,
        Trainable = arguments.Trainable,
        Motion = KernelMotion.Resolve(arguments, dimensions),
        Filters = arguments.Positive(nameof(Filters)),
        OutputPadding = arguments.Counts(nameof(OutputPadding), dimensions),
        Activation = arguments.Activation(nameof(Activation)),
        UseBias = arguments.Bool(nameof(UseBias), true),
        KernelInitializer = arguments.Initializer(nameof(KernelInitializer), "glorot_uniform"),
        BiasInitializer = arguments.Initializer(nameof(BiasInitializer), "zeros"),
    };

    public override Shape? InferShape(Shape input, ShapeContext context)
    {
        if (!WindowShapes.IsImage(input, Motion.Dimensions, context)) return null;
        if (TransposedShapes.Sizes(input, Motion, OutputPadding, context) is not { } sizes) return null;
        return Layers.Activation.ShapeOf(Activation, Shape.Of([.. sizes, Filters]), nameof(Activation), context);
    }

    public override IEnumerable<Weight> Weights(Shape input)
    {
        Shape kernel = Shape.Of([.. Motion.KernelSize, Filters, input.Last]);
        yield return new("kernel", kernel, KernelInitializer) { HasBias = false };
        if (UseBias) yield return new("bias", Shape.Of(Filters), BiasInitializer);
    }

    public override Value Lower(Lowering lowering, Value input)
    {
        Window window = TransposedShapes.Window(input.Shape, Motion, OutputPadding);
        Value made =
            lowering.Add(new ConvolutionTranspose(Name, window, input, lowering.Weight("kernel"), UseBias ? Name + "_sums" : Name));
        if (UseBias)
            made = lowering.Add(new Pointwise(Name, [made, lowering.Weight("bias")], Scalar.Operand(0) + Scalar.Operand(1), Name));
        return lowering.Activate(Name, Activation, made);
    }
}
