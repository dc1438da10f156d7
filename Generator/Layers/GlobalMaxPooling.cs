using CompiledNets.Generator.Ops;
using CompiledNets.Generator.Passes;

namespace CompiledNets.Generator.Layers;

/// <summary>The largest number of each channel.</summary>
internal sealed record GlobalMaxPooling : SpatialLayer
{
    /// <summary>Whether the other axes stay, with size 1.</summary>
    public required bool KeepDims { get; init; }

    protected override string Family => "GlobalMaxPooling";

    public static GlobalMaxPooling Resolve(Arguments arguments, int dimensions) => new()
    {
        Index = arguments.Index,
        Name = arguments.Name,
        Dimensions = arguments.ChannelsLast(dimensions),
        KeepDims = arguments.Bool(nameof(KeepDims), false),
    };

    protected override Shape? InferSpatialShape(Shape input, ShapeContext context) => KeepDims ? With(input, _ => 1) : Shape.Of(input.Last);

    public override Value Lower(Lowering lowering, Value input)
    {
        PooledAxis[] axes = [.. Enumerable.Range(0, Dimensions).Select(axis => PooledAxis.Adaptive(input.Shape[axis], 1))];
        Value max = lowering.Add(new Pool(Name, PoolKind.SharedMax, input, axes, hasWinner: false, KeepDims ? Name : Name + "_kept"));
        return KeepDims ? max : lowering.Add(Slice.Reshape(Name, max, Shape.Of(input.Shape.Last), Name));
    }
}
