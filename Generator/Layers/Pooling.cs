using CompiledNets.Generator.Declaration;
using CompiledNets.Generator.Ops;
using CompiledNets.Generator.Passes;

namespace CompiledNets.Generator.Layers;

/// <summary>The largest number or the mean of each channel in windows.</summary>
internal sealed record Pooling : SpatialLayer
{
    /// <summary>What a window gives.</summary>
    public required PoolKind Kind { get; init; }

    /// <summary>Elements of a window along each axis.</summary>
    public required EquatableArray<int> PoolSize { get; init; }

    /// <summary>From window to window.</summary>
    public required EquatableArray<int> Strides { get; init; }

    /// <summary>Whether windows reach over the borders.</summary>
    public required bool IsSame { get; init; }

    protected override string Family => Kind == PoolKind.Max ? "MaxPooling" : "AveragePooling";

    public static Pooling Resolve(Arguments arguments, PoolKind kind, int dimensions)
    {
        EquatableArray<int> size = arguments.Sizes(nameof(PoolSize), dimensions, kind == PoolKind.Max ? 2 : null);
        return new()
        {
            Index = arguments.Index,
            Name = arguments.Name,
            Dimensions = arguments.ChannelsLast(dimensions),
            Kind = kind,
            PoolSize = size,
            Strides = arguments.Ints(nameof(Strides)).Length == 0 ? size : arguments.Sizes(nameof(Strides), dimensions, otherwise: 1),
            IsSame = arguments.Choice("Padding", "valid", "padding", ["same", "valid"]) == "same",
        };
    }

    protected override Shape? InferSpatialShape(Shape input, ShapeContext context) =>
        IsSame || Enumerable.Range(0, Dimensions).All(axis => PoolSize[axis] <= input[axis])
            ? With(input, axis => Axis(input, axis).Count)
            : Refuse(input, context, $"at least {With(input, axis => PoolSize[axis])}",
                "Make PoolSize smaller, or write Padding = Padding.Same.");

    public override Value Lower(Lowering lowering, Value input) => lowering.Add(new Pool(Name, Kind, input,
        [.. Enumerable.Range(0, Dimensions).Select(axis => Axis(input.Shape, axis))],
        hasWinner: Kind == PoolKind.Max && lowering.IsTraining, Name));

    private PooledAxis Axis(Shape input, int axis)
    {
        int size = input[axis], stride = Math.Min(Strides[axis], size), length = PoolSize[axis];
        if (!IsSame) return PooledAxis.Strided(size, length, stride, 0, ((size - length) / Strides[axis]) + 1);
        int count = ((size - 1) / Strides[axis]) + 1;
        long outside = Math.Max(((long)(count - 1) * Strides[axis]) + length - size, 0);
        // A window that is longer than what it can meet is as good as one that is as long.
        int before = (int)Math.Min(outside / 2, size), end = (int)Math.Min((outside / 2 * -1) + length, size);
        return PooledAxis.Strided(size, before + end, stride, before, count);
    }
}
