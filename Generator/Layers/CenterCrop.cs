using CompiledNets.Generator.Ops;
using CompiledNets.Generator.Passes;
using CompiledNets.Images;

namespace CompiledNets.Generator.Layers;

/// <summary>The middle of images.</summary>
internal sealed record CenterCrop : ImageLayer
{
    public override string Type => "CenterCrop";

    public required int Height { get; init; }

    public required int Width { get; init; }

    public static CenterCrop Resolve(Arguments arguments)
    {
        arguments.ChannelsLast(2);
        return new()
        {
            Index = arguments.Index,
            Name = arguments.Name,
            Height = arguments.Positive(nameof(Height)),
            Width = arguments.Positive(nameof(Width)),
        };
    }

    protected override Shape InferImageShape(Shape input) => new(new[] { Height, Width, input.Last });

    public override Value Lower(Lowering lowering, Value input)
    {
        Value part = Crop(lowering, input, AspectRatio.CenterCrop(input.Shape[0], input.Shape[1], Height, Width));
        return Resize(lowering, part, Height, Width, "bilinear", antialias: false);
    }
}
