using CompiledNets.Generator.Declaration;
using CompiledNets.Generator.Ops;
using CompiledNets.Generator.Passes;

namespace CompiledNets.Generator.Layers;

/// <summary>Length 1 along some axes of each sample.</summary>
internal sealed record UnitNormalization : UnaryLayer
{
    /// <summary>The square of the least length it divides by, 1e-12 as in Keras.</summary>
    private const double LeastSquare = 1e-24;

    public override string Type => "UnitNormalization";

    public override MaskRule Mask => MaskRule.Passes;

    /// <summary>The axes, the batch being 0.</summary>
    public required EquatableArray<int> Axis { get; init; }

    public static UnitNormalization Resolve(Arguments arguments) => new()
    {
        Index = arguments.Index,
        Name = arguments.Name,
        Axis = arguments.Axes(nameof(Axis)),
    };

    public override Shape? InferShape(Shape input, ShapeContext context) => context.AxesOf(Axis, input, nameof(Axis)) is null
        ? null : input;

    public override Value Lower(Lowering lowering, Value input)
    {
        Scalar x = Scalar.Operand(0);
        Value square = lowering.Add(Reduce.Sum(Name, [input], x * x, input.Shape, ShapeContext.Normalize(Axis, input.Shape),
            Name + "_square", "square"));
        return lowering.Add(new Pointwise(Name, [input, square], x * (1 / Scalar.Sqrt(Scalar.Max(LeastSquare, Scalar.Operand(1)))), Name));
    }
}
