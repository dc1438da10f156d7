using CompiledNets.Generator.Declaration;
using CompiledNets.Generator.Ops;
using CompiledNets.Generator.Passes;

namespace CompiledNets.Generator.Layers;

/// <summary>Mean 0 and variance 1 over some axes of each sample, then scaled and shifted.</summary>
internal sealed record LayerNormalization : UnaryLayer
{
    public override string Type => "LayerNormalization";

    public override MaskRule Mask => MaskRule.Passes;

    /// <summary>The axes, the batch being 0.</summary>
    public required EquatableArray<int> Axis { get; init; }

    public required double Epsilon { get; init; }

    public required bool Center { get; init; }

    public required bool Scale { get; init; }

    public required string BetaInitializer { get; init; }

    public required string GammaInitializer { get; init; }

    public static LayerNormalization Resolve(Arguments arguments) => new()
    {
        Index = arguments.Index,
        Name = arguments.Name,
        Trainable = arguments.Trainable,
        Axis = arguments.Axes(nameof(Axis)),
        Epsilon = arguments.Epsilon(nameof(Epsilon), 1e-3),
        Center = arguments.Bool(nameof(Center), true),
        Scale = arguments.Bool(nameof(Scale), true),
        BetaInitializer = arguments.Initializer(nameof(BetaInitializer), "zeros"),
        GammaInitializer = arguments.Initializer(nameof(GammaInitializer), "ones"),
    };

    public override Shape? InferShape(Shape input, ShapeContext context) => context.AxesOf(Axis, input, nameof(Axis)) is null
        ? null : input;

    // As Keras does it: the weights have the axes in the order given, and meet the elements in the order of the input.
    public override IEnumerable<Weight> Weights(Shape input)
    {
        Shape entries = new(Axis.Select(axis => input[ShapeContext.Normalize(axis, input)]).ToArray());
        if (Scale) yield return new("gamma", entries, GammaInitializer);
        if (Center) yield return new("beta", entries, BetaInitializer);
    }

    public override Value Lower(Lowering lowering, Value input)
    {
        int[] axes = ShapeContext.Normalize(Axis, input.Shape);
        return Standardize.Lower(lowering, Name, input, axes, Access.Along(input.Shape, axes), Epsilon, Scale, Center, Name);
    }
}
