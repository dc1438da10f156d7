using CompiledNets.Generator.Declaration;
using CompiledNets.Generator.Diagnostics;
using CompiledNets.Generator.Ops;
using CompiledNets.Generator.Passes;

namespace CompiledNets.Generator.Layers;

/// <summary>A sample made larger, by repetition or interpolation.</summary>
internal sealed record UpSampling : SpatialLayer
{
    private static readonly string[] Interpolations = ["bicubic", "bilinear", "nearest"];

    /// <summary>For each axis how many times.</summary>
    public required EquatableArray<int> Size { get; init; }

    /// <summary>How elements between others are made, by Keras name.</summary>
    public required string Interpolation { get; init; }

    protected override string Family => "UpSampling";

    public static UpSampling Resolve(Arguments arguments, int dimensions) => new()
    {
        Index = arguments.Index,
        Name = arguments.Name,
        Dimensions = arguments.ChannelsLast(dimensions),
        Size = arguments.Sizes(nameof(Size), dimensions, otherwise: 2),
        Interpolation = arguments.Choice(nameof(Interpolation), "nearest", "interpolation", Interpolations),
    };

    protected override Shape? InferSpatialShape(Shape input, ShapeContext context) =>
        With(input, axis => (int)Math.Min((long)input[axis] * Size[axis], int.MaxValue));

    public override Value Lower(Lowering lowering, Value input)
    {
        if (Interpolation == "nearest") return Repeat(lowering, input);
        Value result = input;
        int last = Enumerable.Range(0, Dimensions).LastOrDefault(axis => Size[axis] > 1);
        for (int axis = 0; axis < Dimensions; axis++)
        {
            int size = result.Shape[axis];
            if (Size[axis] == 1) continue;
            var weighting = Weighting.Resize(Interpolation, size, size * Size[axis], antialias: false);
            var output = new Value(axis == last ? Name : Name + "_axis" + Text(axis + 1), result.Shape.With(axis, weighting.Count),
                Space.Sample);
            result = lowering.Add(new Resample(Name, result, axis, weighting, output));
        }

        return result;
    }

    // Each axis is two, along the second of which the operand repeats.
    private Value Repeat(Lowering lowering, Value input)
    {
        EquatableArray<int> whole = Access.Whole(input.Shape).Steps;
        int[] sizes = new int[(2 * Dimensions) + 1], steps = new int[sizes.Length];
        for (int axis = 0; axis < Dimensions; axis++)
            (sizes[2 * axis], sizes[(2 * axis) + 1], steps[2 * axis]) = (input.Shape[axis], Size[axis], whole[axis]);
        (sizes[2 * Dimensions], steps[2 * Dimensions]) = (input.Shape.Last, whole[Dimensions]);
        Value repeated = lowering.Add(new Pointwise(Name, [input], [new(0, steps)], Scalar.Operand(0),
            new Value(Name + "_repeated", new(sizes), Space.Sample)));
        return lowering.Add(Slice.Reshape(Name, repeated, With(input.Shape, axis => input.Shape[axis] * Size[axis]), Name));
    }
}
