using CompiledNets.Generator.Declaration;
using CompiledNets.Generator.Ops;
using CompiledNets.Generator.Passes;

namespace CompiledNets.Generator.Layers;

/// <summary>x, and below zero a slope that is trained.</summary>
internal sealed record PReLU : UnaryLayer
{
    public override string Type => "PReLU";

    public override MaskRule Mask => MaskRule.Passes;

    public required string AlphaInitializer { get; init; }

    /// <summary>Axes along which one slope serves all, the batch being 0.</summary>
    public required EquatableArray<int> SharedAxes { get; init; }

    public static PReLU Resolve(Arguments arguments) => new()
    {
        Index = arguments.Index,
        Name = arguments.Name,
        Trainable = arguments.Trainable,
        AlphaInitializer = arguments.Initializer(nameof(AlphaInitializer), "zeros"),
        SharedAxes = arguments.Ints(nameof(SharedAxes)),
    };

    public override Shape? InferShape(Shape input, ShapeContext context) => context.AxesOf(SharedAxes, input, nameof(SharedAxes)) is null
        ? null : input;

    public override IEnumerable<Weight> Weights(Shape input)
    {
        yield return new("alpha", ShapeContext.Normalize(SharedAxes, input).Aggregate(input, (shape, axis) => shape.With(axis, 1)),
            AlphaInitializer);
    }

    public override Value Lower(Lowering lowering, Value input)
    {
        Scalar x = Scalar.Operand(0), alpha = Scalar.Operand(1);
        return lowering.Add(new Pointwise(Name, [input, lowering.Weight("alpha")], Scalar.Max(0, x) - (alpha * Scalar.Max(0, -x)), Name));
    }
}
