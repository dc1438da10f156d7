using CompiledNets.Generator.Declaration;
using CompiledNets.Generator.Ops;
using CompiledNets.Generator.Passes;
using CompiledNets.Images;

namespace CompiledNets.Generator.Layers;

/// <summary>Images that are changed at random in training.</summary>
internal sealed record RandomImages : ImageLayer
{
    private static readonly string[] Fills = ["constant", "nearest", "reflect", "wrap"];

    public override string Type => Kind switch
    {
        AugmentationKind.EvenZoom => "RandomZoom",
        _ => "Random" + Kind,
    };

    /// <summary>What is done.</summary>
    public required AugmentationKind Kind { get; init; }

    /// <summary>Four factors (<see cref="Augmentation"/> has what they are), and the number beside the image.</summary>
    public required EquatableArray<double> Factors { get; init; }

    /// <summary>What stands beside the image.</summary>
    public ImageFill Fill { get; init; }

    /// <summary>Whether the nearest pixel is taken.</summary>
    public bool IsNearest { get; init; }

    /// <summary>Height and width of a part; null for all of the image.</summary>
    public (int Height, int Width)? Part { get; init; }

    public static RandomImages Flip(Arguments arguments)
    {
        string mode = arguments.Choice(
            "Mode", "horizontal_and_vertical", "mode", ["horizontal", "horizontal_and_vertical", "vertical"]);
        return Make(arguments, AugmentationKind.Flip, mode == "vertical" ? 0 : 1, mode == "horizontal" ? 0 : 1, 0, 0);
    }

    public static RandomImages Translation(Arguments arguments)
    {
        (double top, double bottom) = Side(arguments, "Height", least: -1);
        (double left, double right) = Side(arguments, "Width", least: -1);
        return Warp(arguments, AugmentationKind.Translation, top, bottom, left, right);
    }

    public static RandomImages Zoom(Arguments arguments)
    {
        // A height of nothing is no image.
        const double least = -0.999;
        (double top, double bottom) = Side(arguments, "Height", least);
        bool isEven = arguments.Numbers("WidthRange").Length == 0 && double.IsInfinity(arguments.Number(
            "WidthFactor", double.PositiveInfinity, _ => true, ""));
        if (isEven) return Warp(arguments, AugmentationKind.EvenZoom, top, bottom, 0, 0);
        (double left, double right) = Side(arguments, "Width", least);
        return Warp(arguments, AugmentationKind.Zoom, top, bottom, left, right);
    }

    public static RandomImages Rotation(Arguments arguments)
    {
        (double least, double most) = arguments.Range("Factor", -1, 1, isSymmetric: true);
        return Warp(arguments, AugmentationKind.Rotation, least, most, 0, 0);
    }

    public static RandomImages Contrast(Arguments arguments)
    {
        double[] given = arguments.Numbers("Factor");
        if (given.Length is not (1 or 2) || given.Any(factor => factor is not (>= 0 and <= 1)))
            arguments.Refuse("Factor", "one number or two from 0 to 1", Arguments.List(given));
        (double least, double most) = arguments.Range("ValueRange", double.NegativeInfinity, double.PositiveInfinity, otherwise: [0, 255]);
        return Make(arguments, AugmentationKind.Contrast, given.FirstOrDefault(), given.LastOrDefault(), least, most);
    }

    public static RandomImages Brightness(Arguments arguments)
    {
        (double darker, double brighter) = arguments.Range("Factor", -1, 1, isSymmetric: true);
        (double least, double most) = arguments.Range("ValueRange", double.NegativeInfinity, double.PositiveInfinity, otherwise: [0, 255]);
        return Make(arguments, AugmentationKind.Brightness, darker, brighter, least, most);
    }

    public static RandomImages Crop(Arguments arguments) => Make(arguments, AugmentationKind.Crop, 0, 0, 0, 0) with
    {
        Part = (arguments.Positive("Height"), arguments.Positive("Width")),
    };

    protected override Shape InferImageShape(Shape input) => Part is { } part ? new(new[] { part.Height, part.Width, input.Last }) : input;

    public override Value Lower(Lowering lowering, Value input)
    {
        if (Part is { } part && (!lowering.IsTraining || input.Shape[0] <= part.Height || input.Shape[1] <= part.Width))
        {
            Value middle = Crop(
                lowering, input, AspectRatio.CenterCrop(input.Shape[0], input.Shape[1], part.Height, part.Width));
            return Resize(lowering, middle, part.Height, part.Width, "bilinear", antialias: false);
        }

        if (!lowering.IsTraining) return input;
        Shape to = InferImageShape(input.Shape);
        ImageChange change = new(Kind, input.Shape, to, Factors, Fill, IsNearest);
        return lowering.Add(new RandomImage(Name, lowering.CallIndex, change, input, new Value(Name, to, Space.Sample)));
    }

    private static (double Least, double Most) Side(Arguments arguments, string side, double least)
    {
        if (arguments.Numbers(side + "Range").Length > 0) return arguments.Range(side + "Range", least, 1);
        double factor = arguments.Number(
            side + "Factor", 0, number => number >= 0 && number <= -least, "from 0 to " + (least == -1 ? "1" : "0.999"));
        return (-factor, factor);
    }

    private static RandomImages Warp(Arguments arguments, AugmentationKind kind, double a, double b, double c, double d)
    {
        double fillValue = arguments.Finite("FillValue", 0);
        string fill = arguments.Choice("FillMode", "reflect", "fill mode", Fills);
        return Make(arguments, kind, a, b, c, d, fillValue) with
        {
            Fill = (ImageFill)Array.IndexOf(Fills, fill),
            IsNearest = arguments.Choice("Interpolation", "bilinear", "interpolation", ["bilinear", "nearest"]) == "nearest",
        };
    }

    private static RandomImages Make(
        Arguments arguments, AugmentationKind kind, double a, double b, double c, double d, double fillValue = 0)
    {
        arguments.ChannelsLast(2);
        return new() { Index = arguments.Index, Name = arguments.Name, Kind = kind, Factors = new[] { a, b, c, d, fillValue } };
    }
}
