using CompiledNets.Generator.Declaration;
using CompiledNets.Generator.Diagnostics;
using CompiledNets.Generator.Ops;

namespace CompiledNets.Generator.Layers;

/// <summary>
/// The image that a transposed convolution makes, by Keras's rules: the window is that of the convolution which takes the image and gives
/// what the layer gets.
/// </summary>
internal static class TransposedShapes
{
    /// <summary>The sizes of the axes of the result; null, and a finding, where there is none.</summary>
    public static int[]? Sizes(Shape input, KernelMotion motion, EquatableArray<int>? outputPadding, ShapeContext context)
    {
        if (!motion.IsPossible(context)) return null;
        string image = WindowShapes.Sizes([.. Enumerable.Range(0, motion.Dimensions).Select(axis => input[axis])]);
        if (!WindowShapes.SpansFit(motion))
        {
            context.Findings.Add(DiagnosticDescriptors.WideDilation.Id, context.Index, "DilationRate", context.Name,
                WindowShapes.Sizes(motion.KernelSize), string.Join("x", motion.Spans), image, context.Before, "Make it smaller.");
            return null;
        }

        if (outputPadding is { } padding && Enumerable.Range(0, motion.Dimensions).Any(axis => padding[axis] >= motion.Strides[axis]))
        {
            context.Findings.Add(DiagnosticDescriptors.OutputPadding.Id, context.Index, "OutputPadding", context.Name,
                WindowShapes.Sizes(padding), WindowShapes.Sizes(motion.Strides));
            return null;
        }

        long[] sizes = [.. Enumerable.Range(0, motion.Dimensions).Select(axis => Size(input, motion, outputPadding, axis))];
        if (sizes.Contains(0))
        {
            context.Findings.Add(DiagnosticDescriptors.NothingTransposed.Id, context.Index, "OutputPadding", context.Name, context.Before,
                image);
            return null;
        }

        return [.. sizes.Select(size => (int)Math.Min(size, int.MaxValue))];
    }

    /// <summary>The window of a layer whose shapes were checked.</summary>
    public static Window Window(Shape input, KernelMotion motion, EquatableArray<int>? outputPadding) =>
        new([.. Enumerable.Range(0, motion.Dimensions).Select(axis => Axis(input, motion, outputPadding, axis))], Groups: 1);

    // With "valid" all that the kernel reaches, and as much as strides ask; with "same" a stride for each place. What output padding says
    // stands in place of both.
    private static long Size(Shape input, KernelMotion motion, EquatableArray<int>? outputPadding, int axis)
    {
        long apart = ((long)input[axis] - 1) * motion.Strides[axis], span = motion.Span(axis);
        return (motion.Padding, outputPadding) switch
        {
            ("same", { } more) => apart + (span % 2) + more[axis],
            ("same", null) => apart + motion.Strides[axis],
            (_, { } more) => apart + span + more[axis],
            _ => apart + Math.Max(span, motion.Strides[axis]),
        };
    }

    private static WindowAxis Axis(Shape input, KernelMotion motion, EquatableArray<int>? outputPadding, int axis)
    {
        int size = (int)Size(input, motion, outputPadding, axis), stride = motion.Strides[axis];
        // What positions reach beyond the image, half of it before.
        long beyond = motion.Padding == "same" ? Math.Max(0, (((long)input[axis] - 1) * stride) + motion.Span(axis) - size) : 0;
        return new(size, motion.KernelSize[axis], stride, motion.DilationRate[axis], (int)(beyond / 2), input[axis]);
    }
}
