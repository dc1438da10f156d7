using CompiledNets.Generator.Ops;
using CompiledNets.Generator.Passes;

namespace CompiledNets.Generator.Layers;

/// <summary>activation(kernel over the image + bias): Conv1D, Conv2D and Conv3D, which differ in the axes of the image.</summary>
internal sealed record Conv : ConvolutionLayer
{
    public override string Type => $"Conv{Motion.Dimensions}D";

    public required int Filters { get; init; }

    public required int Groups { get; init; }

    public required string KernelInitializer { get; init; }

    public static Conv Resolve(Arguments arguments, int dimensions) => new()
    {
        Index = arguments.Index,
        Name = arguments.Name,
        Trainable = arguments.Trainable,
        Motion = KernelMotion.Resolve(arguments, dimensions, isCausal: dimensions == 1),
        Filters = arguments.Positive(nameof(Filters)),
        Groups = arguments.PositiveOr(nameof(Groups), 1),
        Activation = arguments.Activation(nameof(Activation)),
        UseBias = arguments.Bool(nameof(UseBias), true),
        KernelInitializer = arguments.Initializer(nameof(KernelInitializer), "glorot_uniform"),
        BiasInitializer = arguments.Initializer(nameof(BiasInitializer), "zeros"),
    };

    public override Shape? InferShape(Shape input, ShapeContext context)
    {
        if (!WindowShapes.IsImage(input, Motion.Dimensions, context)) return null;
        if (!WindowShapes.Divides(Groups, input.Last, Filters, context)) return null;
        if (WindowShapes.Positions(input, Motion, context) is not { } positions) return null;
        return Layers.Activation.ShapeOf(Activation, Shape.Of([.. positions, Filters]), nameof(Activation), context);
    }

    public override IEnumerable<Weight> Weights(Shape input)
    {
        yield return new("kernel", Shape.Of([.. Motion.KernelSize, input.Last / Groups, Filters]), KernelInitializer);
        if (UseBias) yield return new("bias", Shape.Of(Filters), BiasInitializer);
    }

    public override Value Lower(Lowering lowering, Value input)
    {
        Window window = WindowShapes.Of(input.Shape, Motion, Groups);
        Value kernel = lowering.Weight("kernel");
        Value? bias = UseBias ? lowering.Weight("bias") : null;
        // A kernel of one place is a dense layer at each place of the image.
        Op op = window.IsOne
            ? new Contraction(Name, input, kernel, bias, Name)
            : new Convolution(Name, window, input, kernel, bias, Filters, Name);
        return lowering.Activate(Name, Activation, lowering.Add(op));
    }
}
