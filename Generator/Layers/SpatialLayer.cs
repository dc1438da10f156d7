using System.Globalization;
using CompiledNets.Generator.Diagnostics;
using CompiledNets.Generator.Ops;

namespace CompiledNets.Generator.Layers;

/// <summary>A layer that works along one, two or three axes of a sample, with channels as the last axis.</summary>
internal abstract record SpatialLayer : UnaryLayer
{
    public sealed override string Type => Family + Text(Dimensions) + "D";

    /// <summary>Axes beside the channels: 1 to 3.</summary>
    public required int Dimensions { get; init; }

    /// <summary>Its Keras class without the axes: <c>ZeroPadding</c>.</summary>
    protected abstract string Family { get; }

    /// <summary>Shape of the output for an input that has the axes.</summary>
    protected abstract Shape? InferSpatialShape(Shape input, ShapeContext context);

    /// <inheritdoc/>
    public sealed override Shape? InferShape(Shape input, ShapeContext context)
    {
        if (input.Rank == Dimensions + 1) return InferSpatialShape(input, context);
        string axes = Dimensions switch { 1 => "steps", 2 => "height, width", _ => "depth, height, width" };
        return Refuse(input, context, $"({axes}, channels)", "Put [Reshape] before it.");
    }

    /// <summary>Says what shapes the layer takes.</summary>
    protected Shape? Refuse(Shape input, ShapeContext context, string wanted, string fix)
    {
        context.Findings.Add(DiagnosticDescriptors.WrongShape.Id, Index, null, Name, wanted, context.Before, input.ToString(), fix);
        return null;
    }

    /// <summary>The same shape with other sizes of the axes beside the channels.</summary>
    protected Shape With(Shape input, Func<int, int> size) =>
        new(Enumerable.Range(0, Dimensions).Select(size).Append(input.Last).ToArray());

    /// <summary>A number as text.</summary>
    protected static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
