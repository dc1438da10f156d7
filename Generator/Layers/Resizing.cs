using CompiledNets.Generator.Ops;
using CompiledNets.Generator.Passes;
using CompiledNets.Images;

namespace CompiledNets.Generator.Layers;

/// <summary>Images of another height and width.</summary>
internal sealed record Resizing : ImageLayer
{
    public override string Type => "Resizing";

    public required int Height { get; init; }

    public required int Width { get; init; }

    /// <summary>How pixels are made of others, by Keras name.</summary>
    public required string Interpolation { get; init; }

    public required bool CropToAspectRatio { get; init; }

    public required bool PadToAspectRatio { get; init; }

    /// <summary>What a frame is filled with.</summary>
    public required double FillValue { get; init; }

    public required bool Antialias { get; init; }

    public static Resizing Resolve(Arguments arguments)
    {
        arguments.ChannelsLast(2);
        bool crops = arguments.Bool(nameof(CropToAspectRatio), false), pads = arguments.Bool(nameof(PadToAspectRatio), false);
        if (crops && pads) arguments.Refuse(nameof(PadToAspectRatio), "false where CropToAspectRatio is true", "true");
        return new()
        {
            Index = arguments.Index,
            Name = arguments.Name,
            Height = arguments.Positive(nameof(Height)),
            Width = arguments.Positive(nameof(Width)),
            Interpolation = arguments.Choice(nameof(Interpolation), "bilinear", "interpolation", ResizeWeights.Interpolations),
            CropToAspectRatio = crops,
            PadToAspectRatio = pads,
            FillValue = arguments.Finite(nameof(FillValue), 0),
            Antialias = arguments.Bool(nameof(Antialias), false),
        };
    }

    protected override Shape InferImageShape(Shape input) => new(new[] { Height, Width, input.Last });

    public override Value Lower(Lowering lowering, Value input)
    {
        Value image = input;
        if (CropToAspectRatio)
            image = Crop(lowering, input, AspectRatio.Crop(input.Shape[0], input.Shape[1], Height, Width));
        else if (PadToAspectRatio)
            return Framed(lowering, input);
        return Resize(lowering, image, Height, Width, Interpolation, Antialias);
    }

    // Weights have a sum of 1: what is resized is the difference to the frame, which is 0 in the frame itself.
    private Value Framed(Lowering lowering, Value input)
    {
        (int vertical, int horizontal) = AspectRatio.Pad(input.Shape[0], input.Shape[1], Height, Width);
        if (vertical == 0 && horizontal == 0) return Resize(lowering, input, Height, Width, Interpolation, Antialias);
        Value image = input;
        if (FillValue != 0)
            image = lowering.Add(new Pointwise(Name, [image], Scalar.Operand(0) + -FillValue, Name + "_difference"));
        Shape frame = new(new[] { input.Shape[0] + (2 * vertical), input.Shape[1] + (2 * horizontal), input.Shape.Last });
        image = lowering.Add(new Spread(
            Name, image, image.Shape, Access.Within(frame, [vertical, horizontal]), new Value(Name + "_framed", frame, Space.Sample)));
        image = Resize(lowering, image, Height, Width, Interpolation, Antialias);
        return FillValue == 0 ? image : lowering.Add(new Pointwise(Name, [image], Scalar.Operand(0) + FillValue, Name + "_filled"));
    }
}
