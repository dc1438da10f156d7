using CompiledNets.Generator.Ops;
using CompiledNets.Generator.Passes;

namespace CompiledNets.Generator.Layers;

/// <summary>x, and a slope below zero.</summary>
internal sealed record LeakyReLU : UnaryLayer
{
    public override string Type => "LeakyReLU";

    public override MaskRule Mask => MaskRule.Passes;

    public override bool WorksAlongLastAxis => true;

    public required double NegativeSlope { get; init; }

    public static LeakyReLU Resolve(Arguments arguments) => new()
    {
        Index = arguments.Index,
        Name = arguments.Name,
        NegativeSlope = arguments.Finite(nameof(NegativeSlope), 0.3),
    };

    public override Shape? InferShape(Shape input, ShapeContext context) => input;

    // A slope of zero is no factor, so that what is not a number stays that.
    public override Value Lower(Lowering lowering, Value input)
    {
        Scalar x = Scalar.Operand(0);
        return lowering.Add(new Pointwise(Name, [input], NegativeSlope == 0
            ? Scalar.Max(0, x) : Scalar.IfGreater(x, 0, x, NegativeSlope * x), Name));
    }
}
