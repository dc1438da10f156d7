using CompiledNets.Generator.Declaration;
using CompiledNets.Generator.Ops;
using CompiledNets.Generator.Passes;

namespace CompiledNets.Generator.Layers;

/// <summary>The largest number or the mean of each channel in so many windows.</summary>
internal sealed record AdaptivePooling : SpatialLayer
{
    /// <summary>What a window gives.</summary>
    public required PoolKind Kind { get; init; }

    /// <summary>Windows along each axis.</summary>
    public required EquatableArray<int> OutputSize { get; init; }

    protected override string Family => Kind == PoolKind.Max ? "AdaptiveMaxPooling" : "AdaptiveAveragePooling";

    public static AdaptivePooling Resolve(Arguments arguments, PoolKind kind, int dimensions) => new()
    {
        Index = arguments.Index,
        Name = arguments.Name,
        Dimensions = arguments.ChannelsLast(dimensions),
        Kind = kind,
        OutputSize = arguments.Sizes(nameof(OutputSize), dimensions, otherwise: null),
    };

    protected override Shape? InferSpatialShape(Shape input, ShapeContext context) => With(input, axis => OutputSize[axis]);

    public override Value Lower(Lowering lowering, Value input) => lowering.Add(new Pool(Name, Kind, input,
        [.. Enumerable.Range(0, Dimensions).Select(axis => PooledAxis.Adaptive(input.Shape[axis], OutputSize[axis]))],
        Kind == PoolKind.Max && lowering.IsTraining, Name));
}
