using CompiledNets.Generator.Ops;
using CompiledNets.Generator.Passes;

namespace CompiledNets.Generator.Layers;

/// <summary>Nothing.</summary>
internal sealed record Identity : UnaryLayer
{
    public override string Type => "Identity";

    public override bool KeepsNumbers => true;

    public override MaskRule Mask => MaskRule.Passes;

    public override bool WorksAlongLastAxis => true;

    public static Identity Resolve(Arguments arguments) => new() { Index = arguments.Index, Name = arguments.Name };

    public override Shape? InferShape(Shape input, ShapeContext context) => input;

    public override Value Lower(Lowering lowering, Value input) => input;
}
