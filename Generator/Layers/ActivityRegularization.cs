using CompiledNets.Generator.Ops;
using CompiledNets.Generator.Passes;

namespace CompiledNets.Generator.Layers;

/// <summary>Nothing but a penalty on what it is given.</summary>
internal sealed record ActivityRegularization : UnaryLayer
{
    public override string Type => "ActivityRegularization";

    public override MaskRule Mask => MaskRule.Passes;

    public static ActivityRegularization Resolve(Arguments arguments) => new()
    {
        Index = arguments.Index,
        Name = arguments.Name,
        Activity = new(arguments.Factor("L1"), arguments.Factor("L2")),
    };

    public override Shape? InferShape(Shape input, ShapeContext context) => input;

    public override Value Lower(Lowering lowering, Value input) => input;
}
