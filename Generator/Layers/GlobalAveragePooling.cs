using CompiledNets.Generator.Ops;
using CompiledNets.Generator.Passes;

namespace CompiledNets.Generator.Layers;

/// <summary>The mean of each channel.</summary>
internal sealed record GlobalAveragePooling : SpatialLayer
{
    /// <summary>Whether the other axes stay, with size 1.</summary>
    public required bool KeepDims { get; init; }

    protected override string Family => "GlobalAveragePooling";

    public override MaskRule Mask => Dimensions == 1 ? MaskRule.Uses : MaskRule.Drops;

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
        if (Dimensions == 1 && lowering.MaskOf(input) is { } steps) return OfSteps(lowering, input, steps);
        Value mean = lowering.Add(Reduce.Mean(Name, [input], Scalar.Operand(0), input.Shape, [.. Enumerable.Range(0, Dimensions)],
            KeepDims ? Name : Name + "_kept"));
        return KeepDims ? mean : lowering.Add(Slice.Reshape(Name, mean, Shape.Of(input.Shape.Last), Name));
    }

    // The mean of the steps that are there.
    private Value OfSteps(Lowering lowering, Value input, Value steps)
    {
        Scalar x = Scalar.Operand(0), mask = Scalar.Operand(1);
        Value kept = lowering.Add(Slice.Reshape(Name, steps, Shape.Of(input.Shape[0], 1), Name + "_steps"));
        Value count = lowering.Add(Reduce.Sum(Name, [kept], x, kept.Shape, [0], Name + "_count"));
        Value sum = lowering.Add(Reduce.Sum(Name, [input, kept], x * mask, input.Shape, [0], Name + "_sum"));
        Value mean = lowering.Add(new Pointwise(Name, [sum, count], x / mask, KeepDims ? Name : Name + "_kept"));
        return KeepDims ? mean : lowering.Add(Slice.Reshape(Name, mean, Shape.Of(input.Shape.Last), Name));
    }
}
