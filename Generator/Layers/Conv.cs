using CompiledNets.Generator.Declaration;
using CompiledNets.Generator.Ops;
using CompiledNets.Generator.Passes;

namespace CompiledNets.Generator.Layers;

/// <summary>activation(kernel over the image + bias): Conv1D, Conv2D and Conv3D, which differ in the axes of the image.</summary>
internal sealed record Conv : UnaryLayer
{
    public override string Type => $"Conv{Dimensions}D";

    /// <summary>Axes of the image, channels aside.</summary>
    public required int Dimensions { get; init; }

    public required int Filters { get; init; }

    public required EquatableArray<int> KernelSize { get; init; }

    public required EquatableArray<int> Strides { get; init; }

    public required string Padding { get; init; }

    public required EquatableArray<int> DilationRate { get; init; }

    public required int Groups { get; init; }

    public required string? Activation { get; init; }

    public override string? ShownActivation => Activation ?? "linear";

    public required bool UseBias { get; init; }

    public required string KernelInitializer { get; init; }

    public required string BiasInitializer { get; init; }

    public static Conv Resolve(Arguments arguments, int dimensions) => new()
    {
        Index = arguments.Index,
        Name = arguments.Name,
        Trainable = arguments.Trainable,
        Dimensions = arguments.ChannelsLast(dimensions),
        Filters = arguments.Positive(nameof(Filters)),
        KernelSize = arguments.Sizes(nameof(KernelSize), dimensions, null),
        Strides = arguments.Sizes(nameof(Strides), dimensions, 1),
        Padding = arguments.Choice(nameof(Padding), "valid", "padding", dimensions == 1 ? ["valid", "same", "causal"] : ["valid", "same"]),
        DilationRate = arguments.Sizes(nameof(DilationRate), dimensions, 1),
        Groups = arguments.PositiveOr(nameof(Groups), 1),
        Activation = arguments.Activation(nameof(Activation)),
        UseBias = arguments.Bool(nameof(UseBias), true),
        KernelInitializer = arguments.Initializer(nameof(KernelInitializer), "glorot_uniform"),
        BiasInitializer = arguments.Initializer(nameof(BiasInitializer), "zeros"),
    };

    public override Shape? InferShape(Shape input, ShapeContext context)
    {
        if (!WindowShapes.IsImage(input, Dimensions, context)) return null;
        if (!WindowShapes.Divides(Groups, input.Last, Filters, context)) return null;
        if (WindowShapes.Of(input, KernelSize, Strides, DilationRate, Padding, Groups, context) is not { } window) return null;
        Shape output = Shape.Of([.. window.Axes.Select(axis => axis.Count), Filters]);
        return Layers.Activation.ShapeOf(Activation, output, nameof(Activation), context);
    }

    public override IEnumerable<Weight> Weights(Shape input)
    {
        yield return new("kernel", Shape.Of([.. KernelSize, input.Last / Groups, Filters]), KernelInitializer);
        if (UseBias) yield return new("bias", Shape.Of(Filters), BiasInitializer);
    }

    public override Value Lower(Lowering lowering, Value input)
    {
        Window window = WindowShapes.Of(input.Shape, KernelSize, Strides, DilationRate, Padding, Groups);
        Value kernel = lowering.Weight("kernel");
        Value? bias = UseBias ? lowering.Weight("bias") : null;
        // A kernel of one place is a dense layer at each place of the image.
        Op op = window.IsOne ? new Contraction(Name, input, kernel, bias, Name) : new Convolution(Name, window, input, kernel, bias, Name);
        return lowering.Activate(Name, Activation, lowering.Add(op));
    }
}
