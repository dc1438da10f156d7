using CompiledNets.Generator.Declaration;
using CompiledNets.Generator.Ops;
using CompiledNets.Generator.Passes;

namespace CompiledNets.Generator.Layers;

/// <summary>A sample without its borders.</summary>
internal sealed record Cropping : SpatialLayer
{
    /// <summary>For each axis how many elements go before and after.</summary>
    public required EquatableArray<int> Margins { get; init; }

    protected override string Family => "Cropping";

    public override bool KeepsNumbers => true;

    public static Cropping Resolve(Arguments arguments, int dimensions) => new()
    {
        Index = arguments.Index,
        Name = arguments.Name,
        Dimensions = arguments.ChannelsLast(dimensions),
        Margins = arguments.Margins("Cropping", dimensions, otherwise: dimensions == 2 ? 0 : 1),
    };

    protected override Shape? InferSpatialShape(Shape input, ShapeContext context)
    {
        long[] gone = [.. Enumerable.Range(0, Dimensions).Select(axis => (long)Margins[2 * axis] + Margins[(2 * axis) + 1])];
        if (Enumerable.Range(0, Dimensions).All(axis => gone[axis] < input[axis]))
            return With(input, axis => input[axis] - (int)gone[axis]);
        string[] names = Dimensions switch { 1 => ["steps"], 2 => ["rows", "columns"], _ => ["planes", "rows", "columns"] };
        int least = Enumerable.Range(0, Dimensions).First(axis => gone[axis] >= input[axis]);
        int cut = (int)Math.Min(gone[least], int.MaxValue);
        return Refuse(input, context, $"more than {Text(cut)} {names[least]}, which it cuts off", "Cut less.");
    }

    public override Value Lower(Lowering lowering, Value input) => lowering.Add(new Pointwise(Name, [input],
        [Access.Within(input.Shape, [.. Enumerable.Range(0, Dimensions).Select(axis => Margins[2 * axis])])], Scalar.Operand(0),
        new Value(Name, With(input.Shape, axis => input.Shape[axis] - Margins[2 * axis] - Margins[(2 * axis) + 1]), Space.Sample)));
}
