using CompiledNets.Generator.Ops;
using CompiledNets.Generator.Passes;

namespace CompiledNets.Generator.Layers;

/// <summary>x, and alpha (e^x - 1) below zero.</summary>
internal sealed record ELU : UnaryLayer
{
    public override string Type => "ELU";

    public override MaskRule Mask => MaskRule.Passes;

    public override bool WorksAlongLastAxis => true;

    public required double Alpha { get; init; }

    public static ELU Resolve(Arguments arguments) => new()
    {
        Index = arguments.Index,
        Name = arguments.Name,
        Alpha = arguments.Finite(nameof(Alpha), 1),
    };

    public override Shape? InferShape(Shape input, ShapeContext context) => input;

    public override Value Lower(Lowering lowering, Value input)
    {
        Scalar x = Scalar.Operand(0);
        return lowering.Add(new Pointwise(Name, [input], Scalar.IfGreater(0, x, Alpha * Scalar.Expm1(x), x), Name));
    }
}
