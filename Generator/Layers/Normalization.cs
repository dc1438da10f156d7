using CompiledNets.Generator.Ops;
using CompiledNets.Generator.Passes;

namespace CompiledNets.Generator.Layers;

/// <summary>Mean 0 and variance 1 by moments that were learned from data.</summary>
internal sealed record Normalization : UnaryLayer
{
    /// <summary>The least standard deviation it divides by, as in Keras.</summary>
    private const double LeastDeviation = 1e-7;

    public override string Type => "Normalization";

    public override MaskRule Mask => MaskRule.Passes;

    /// <summary>The axis that keeps its own moments, the batch being 0.</summary>
    public required int Axis { get; init; }

    public static Normalization Resolve(Arguments arguments) => new()
    {
        Index = arguments.Index,
        Name = arguments.Name,
        Axis = arguments.Int(nameof(Axis), -1),
    };

    public override Shape? InferShape(Shape input, ShapeContext context) => context.AxisOf(Axis, input, nameof(Axis)) is null
        ? null : input;

    public override IEnumerable<Weight> Weights(Shape input)
    {
        Shape entries = Shape.Of(input[ShapeContext.Normalize(Axis, input)]);
        yield return new("mean", entries, "zeros", Trainable: false);
        yield return new("variance", entries, "ones", Trainable: false);
    }

    public override Value Lower(Lowering lowering, Value input)
    {
        Access entries = ShapeContext.AlongAxis(Axis, input.Shape);
        Scalar deviation = Scalar.Max(LeastDeviation, Scalar.Sqrt(Scalar.Operand(2)));
        return lowering.Add(new Pointwise(Name, [input, lowering.Weight("mean"), lowering.Weight("variance")],
            [Access.Whole(input.Shape), entries, entries],
            (Scalar.Operand(0) - Scalar.Operand(1)) / deviation, new Value(Name, input.Shape, Space.Sample)));
    }
}
