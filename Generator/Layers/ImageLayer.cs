using System.Globalization;
using CompiledNets.Generator.Diagnostics;
using CompiledNets.Generator.Ops;
using CompiledNets.Generator.Passes;

namespace CompiledNets.Generator.Layers;

/// <summary>A layer that works on images (height, width, channels).</summary>
internal abstract record ImageLayer : UnaryLayer
{
    /// <inheritdoc/>
    public sealed override Shape? InferShape(Shape input, ShapeContext context)
    {
        if (input.Rank == 3) return InferImageShape(input);
        const string fix = "Put [Reshape] before it.";
        context.Findings.Add(
            DiagnosticDescriptors.WrongShape.Id, Index, null, Name, "(height, width, channels)", context.Before, input.ToString(), fix);
        return null;
    }

    /// <summary>Shape of the output for an image.</summary>
    protected abstract Shape InferImageShape(Shape input);

    /// <summary>A part of an image.</summary>
    protected Value Crop(Lowering lowering, Value input, (int Top, int Left, int Height, int Width) part)
    {
        Shape shape = new(new[] { part.Height, part.Width, input.Shape.Last });
        if (shape == input.Shape) return input;
        return lowering.Add(new Pointwise(
            Name, [input], [Access.Within(input.Shape, [part.Top, part.Left])], Scalar.Operand(0),
            new Value(Name + "_cropped", shape, Space.Sample)));
    }

    /// <summary>An image of another height and width.</summary>
    protected Value Resize(Lowering lowering, Value input, int height, int width, string interpolation, bool antialias)
    {
        Value result = input;
        int[] sizes = [height, width];
        for (int axis = 0; axis < sizes.Length; axis++)
        {
            if (result.Shape[axis] == sizes[axis]) continue;
            bool isLast = axis == 1 || result.Shape[1] == width;
            var weighting = Weighting.Resize(interpolation, result.Shape[axis], sizes[axis], antialias);
            string name = isLast ? Name : Name + "_axis" + (axis + 1).ToString(CultureInfo.InvariantCulture);
            result = lowering.Add(new Resample(
                Name, result, axis, weighting, new Value(name, result.Shape.With(axis, sizes[axis]), Space.Sample)));
        }

        return result;
    }
}
