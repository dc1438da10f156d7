using CompiledNets.Generator.Declaration;
using CompiledNets.Generator.Ops;
using CompiledNets.Generator.Passes;

namespace CompiledNets.Generator.Layers;

/// <summary>Zeros around a sample.</summary>
internal sealed record ZeroPadding : SpatialLayer
{
    /// <summary>For each axis how many stand before and after.</summary>
    public required EquatableArray<int> Padding { get; init; }

    protected override string Family => "ZeroPadding";

    public override bool KeepsNumbers => true;

    public static ZeroPadding Resolve(Arguments arguments, int dimensions) => new()
    {
        Index = arguments.Index,
        Name = arguments.Name,
        Dimensions = arguments.ChannelsLast(dimensions),
        Padding = arguments.Margins(nameof(Padding), dimensions, otherwise: 1),
    };

    protected override Shape? InferSpatialShape(Shape input, ShapeContext context) =>
        With(input, axis => (int)Math.Min((long)Padding[2 * axis] + input[axis] + Padding[(2 * axis) + 1], int.MaxValue));

    public override Value Lower(Lowering lowering, Value input)
    {
        Shape padded = With(input.Shape, axis => Padding[2 * axis] + input.Shape[axis] + Padding[(2 * axis) + 1]);
        int[] place = [.. Enumerable.Range(0, Dimensions).Select(axis => Padding[2 * axis])];
        return lowering.Add(new Spread(Name, input, input.Shape, Access.Within(padded, place), new Value(Name, padded, Space.Sample)));
    }
}
