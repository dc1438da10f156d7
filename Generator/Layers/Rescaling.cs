using CompiledNets.Generator.Ops;
using CompiledNets.Generator.Passes;

namespace CompiledNets.Generator.Layers;

/// <summary>x * scale + offset.</summary>
internal sealed record Rescaling : UnaryLayer
{
    public override string Type => "Rescaling";

    public override MaskRule Mask => MaskRule.Passes;

    public override bool WorksAlongLastAxis => true;

    public required double Scale { get; init; }

    public required double Offset { get; init; }

    public static Rescaling Resolve(Arguments arguments) => new()
    {
        Index = arguments.Index,
        Name = arguments.Name,
        Scale = arguments.Finite(nameof(Scale), 1),
        Offset = arguments.Finite(nameof(Offset), 0),
    };

    public override Shape? InferShape(Shape input, ShapeContext context) => input;

    public override Value Lower(Lowering lowering, Value input) =>
        lowering.Add(new Pointwise(Name, [input], (Scale * Scalar.Operand(0)) + Offset, Name));
}
