using System.Globalization;
using CompiledNets.Generator.Diagnostics;
using CompiledNets.Generator.Ops;
using CompiledNets.Generator.Passes;

namespace CompiledNets.Generator.Layers;

/// <summary>Mean 0 and variance 1 for each group of channels of a sample, then scaled and shifted by the channel.</summary>
internal sealed record GroupNormalization : UnaryLayer
{
    public override string Type => "GroupNormalization";

    public override MaskRule Mask => MaskRule.Passes;

    /// <summary>The groups; -1 for one a channel.</summary>
    public required int Groups { get; init; }

    /// <summary>The axis of the channels, the batch being 0.</summary>
    public required int Axis { get; init; }

    public required double Epsilon { get; init; }

    public required bool Center { get; init; }

    public required bool Scale { get; init; }

    public required string BetaInitializer { get; init; }

    public required string GammaInitializer { get; init; }

    public static GroupNormalization Resolve(Arguments arguments) => new()
    {
        Index = arguments.Index,
        Name = arguments.Name,
        Trainable = arguments.Trainable,
        Groups = arguments.Int(nameof(Groups), 32),
        Axis = arguments.Int(nameof(Axis), -1),
        Epsilon = arguments.Epsilon(nameof(Epsilon), 1e-3),
        Center = arguments.Bool(nameof(Center), true),
        Scale = arguments.Bool(nameof(Scale), true),
        BetaInitializer = arguments.Initializer(nameof(BetaInitializer), "zeros"),
        GammaInitializer = arguments.Initializer(nameof(GammaInitializer), "ones"),
    };

    public override Shape? InferShape(Shape input, ShapeContext context)
    {
        if (context.AxisOf(Axis, input, nameof(Axis)) is not { } axis) return null;
        int channels = input[axis];
        if (Groups == -1 || (Groups > 0 && channels % Groups == 0)) return input;
        context.Findings.Add(DiagnosticDescriptors.OutOfRange.Id, Index, nameof(Groups), nameof(Groups), Name,
            $"a divisor of the {channels.ToString(CultureInfo.InvariantCulture)} channels that '{context.Before}' gives, or -1 for one " +
                $"group a channel", Groups.ToString(CultureInfo.InvariantCulture) + ".");
        return null;
    }

    public override IEnumerable<Weight> Weights(Shape input)
    {
        Shape channels = Shape.Of(input[ShapeContext.Normalize(Axis, input)]);
        if (Scale) yield return new("gamma", channels, GammaInitializer);
        if (Center) yield return new("beta", channels, BetaInitializer);
    }

    // The axis of the channels is two for it: groups, and the channels of a group.
    public override Value Lower(Lowering lowering, Value input)
    {
        Shape shape = input.Shape;
        int axis = ShapeContext.Normalize(Axis, shape), groups = Groups == -1 ? shape[axis] : Groups;
        int[] sizes = [.. shape.Axes.Take(axis), groups, shape[axis] / groups, .. shape.Axes.Skip(axis + 1)];
        Value grouped = lowering.Add(Slice.Reshape(Name, input, new(sizes), Name + "_groups"));
        int[] axes = [.. Enumerable.Range(0, sizes.Length).Where(other => other != axis)];
        Value result = Standardize.Lower(lowering, Name, grouped, axes, Access.Along(grouped.Shape, axis, axis + 1), Epsilon, Scale, Center,
            Name + "_standardized");
        return lowering.Add(Slice.Reshape(Name, result, shape, Name));
    }
}
