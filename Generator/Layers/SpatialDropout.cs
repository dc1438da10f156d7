using CompiledNets.Generator.Ops;
using CompiledNets.Generator.Passes;

namespace CompiledNets.Generator.Layers;

/// <summary>Drops whole channels in training.</summary>
internal sealed record SpatialDropout : SpatialLayer
{
    public required double Rate { get; init; }

    protected override string Family => "SpatialDropout";

    public override MaskRule Mask => MaskRule.Passes;

    public override bool WorksStepByStep => false;

    public static SpatialDropout Resolve(Arguments arguments, int dimensions) => new()
    {
        Index = arguments.Index,
        Name = arguments.Name,
        Dimensions = arguments.ChannelsLast(dimensions),
        Rate = arguments.Number(nameof(Rate), 0, rate => rate is >= 0 and <= 1, "from 0 to 1"),
    };

    protected override Shape? InferSpatialShape(Shape input, ShapeContext context) => input;

    public override Value Lower(Lowering lowering, Value input) => Dropout.Drop(lowering, Name, input, Rate, With(input.Shape, _ => 1));
}
