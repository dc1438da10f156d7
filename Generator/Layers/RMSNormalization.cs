using CompiledNets.Generator.Declaration;
using CompiledNets.Generator.Ops;
using CompiledNets.Generator.Passes;

namespace CompiledNets.Generator.Layers;

/// <summary>x / sqrt(mean(x²) + epsilon) over some axes of each sample, then scaled.</summary>
internal sealed record RMSNormalization : UnaryLayer
{
    public override string Type => "RMSNormalization";

    /// <summary>The axes, the batch being 0.</summary>
    public required EquatableArray<int> Axis { get; init; }

    public required double Epsilon { get; init; }

    public static RMSNormalization Resolve(Arguments arguments) => new()
    {
        Index = arguments.Index,
        Name = arguments.Name,
        Trainable = arguments.Trainable,
        Axis = arguments.Axes(nameof(Axis)),
        Epsilon = arguments.Epsilon(nameof(Epsilon), 1e-6),
    };

    public override Shape? InferShape(Shape input, ShapeContext context) => context.AxesOf(Axis, input, nameof(Axis)) is null
        ? null : input;

    public override IEnumerable<Weight> Weights(Shape input)
    {
        yield return new("scale", new(Axis.Select(axis => input[ShapeContext.Normalize(axis, input)]).ToArray()), "ones");
    }

    public override Value Lower(Lowering lowering, Value input)
    {
        int[] axes = ShapeContext.Normalize(Axis, input.Shape);
        Scalar x = Scalar.Operand(0);
        Value square = lowering.Add(Reduce.Mean(Name, [input], x * x, input.Shape, axes, Name + "_square", "square"));
        return lowering.Add(new Pointwise(Name, [input, square, lowering.Weight("scale")],
            [Access.Whole(input.Shape), Access.Between(input.Shape, square.Shape), Access.Along(input.Shape, axes)],
            x * (Scalar.Operand(2) * (1 / Scalar.Sqrt(Scalar.Operand(1) + Epsilon))), new Value(Name, input.Shape, Space.Sample)));
    }
}
