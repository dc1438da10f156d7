using CompiledNets.Generator.Ops;
using CompiledNets.Generator.Passes;

namespace CompiledNets.Generator.Layers;

/// <summary>The mean of each channel.</summary>
internal sealed record GlobalAveragePooling : SpatialLayer
{
    /// <summary>Whether the other axes stay, with size 1.</summary>
    public required bool KeepDims { get; init; }

    protected override string Family => "GlobalAveragePooling";

    public static GlobalAveragePooling Resolve(Arguments arguments, int dimensions) => new()
    {
        Index = arguments.Index,
        Name = arguments.Name,
        Dimensions = arguments.ChannelsLast(dimensions),
        KeepDims = arguments.Bool(nameof(KeepDims), false),
    };

    protected override Shape? InferSpatialShape(Shape input, ShapeContext context) => KeepDims ? With(input, _ => 1) : Shape.Of(input.Last);

    public override Value Lower(Lowering lowering, Value input)
    {
        Value mean = lowering.Add(Reduce.Mean(Name, [input], Scalar.Operand(0), input.Shape, [.. Enumerable.Range(0, Dimensions)],
            KeepDims ? Name : Name + "_kept"));
        return KeepDims ? mean : lowering.Add(Slice.Reshape(Name, mean, Shape.Of(input.Shape.Last), Name));
    }
}
