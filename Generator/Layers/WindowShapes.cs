using System.Globalization;
using CompiledNets.Generator.Declaration;
using CompiledNets.Generator.Diagnostics;
using CompiledNets.Generator.Ops;

namespace CompiledNets.Generator.Layers;

/// <summary>How a kernel moves over an image of some shape, by Keras's rules, and what is wrong where it cannot.</summary>
internal static class WindowShapes
{
    private static readonly string[] Images = ["(steps, channels)", "(rows, columns, channels)", "(planes, rows, columns, channels)"];

    /// <summary>Places up to which a kernel may spread: more is a mistake, and offsets would leave the range of numbers.</summary>
    private const int MostSpan = 1 << 28;

    /// <summary>Whether a shape is that of an image with so many axes beside the channels; a finding where it is not.</summary>
    public static bool IsImage(Shape input, int axes, ShapeContext context)
    {
        if (input.Rank == axes + 1) return true;
        string hint = input.Rank == axes
            ? $"Add [Reshape({string.Join(", ", input.Axes.Append(1).Select(Text))})] before it for one channel."
            : $"Put a [Reshape] to {Images[axes - 1]} before it.";
        context.Findings.Add(DiagnosticDescriptors.WrongShape.Id, context.Index, null, context.Name, Images[axes - 1], context.Before,
            input.ToString(), hint);
        return false;
    }

    /// <summary>Whether groups divide the channels of an image and the filters; a finding where they do not.</summary>
    public static bool Divides(int groups, int channels, int filters, ShapeContext context)
    {
        string? undivided = channels % groups != 0 ? $"the {Text(channels)} channels of '{context.Before}'" : filters % groups != 0
            ? $"its {Text(filters)} filters" : null;
        if (undivided is null) return true;
        string divisors = string.Join(", ", Enumerable.Range(1, Math.Min(channels, filters))
            .Where(n => channels % n == 0 && filters % n == 0).Select(Text));
        context.Findings.Add(DiagnosticDescriptors.UnevenGroups.Id, context.Index, "Groups", context.Name, Text(groups), undivided,
            $"Possible are {divisors}.");
        return false;
    }

    /// <summary>The positions along each axis; null, and a finding, where nothing is left of the image.</summary>
    public static int[]? Positions(Shape input, KernelMotion motion, ShapeContext context)
    {
        if (!motion.IsPossible(context)) return null;
        Window window = Of(input, motion, groups: 1);
        if (window.Axes.All(axis => axis.Count > 0) && SpansFit(motion)) return [.. window.Axes.Select(axis => axis.Count)];
        string image = Sizes([.. window.Axes.Select(axis => axis.Size)]);
        bool isLarge = window.Axes.Any(axis => axis.Kernel > axis.Size);
        const string hint = "Write Padding = Padding.Same, or make it smaller.";
        if (isLarge)
        {
            context.Findings.Add(DiagnosticDescriptors.LargeKernel.Id, context.Index, "KernelSize", context.Name,
                Sizes(motion.KernelSize), image, context.Before, hint);
        }
        else
        {
            string spans = string.Join("x", motion.Spans);
            context.Findings.Add(DiagnosticDescriptors.WideDilation.Id, context.Index, "DilationRate", context.Name,
                Sizes(motion.KernelSize), spans, image, context.Before, hint);
        }

        return null;
    }

    /// <summary>Whether offsets of a kernel's places stay in the range of numbers.</summary>
    public static bool SpansFit(KernelMotion motion) => motion.Spans.All(span => span <= MostSpan);

    /// <summary>The window of a layer whose shapes were checked.</summary>
    public static Window Of(Shape input, KernelMotion motion, int groups) => new(
        [.. motion.KernelSize.Select((size, axis) =>
            Axis(input[axis], size, motion.Strides[axis], motion.DilationRate[axis], motion.Padding))], groups);

    // Keras's rules: with "same" as many positions as strides fit into the image, and zeros around it, of which the odd one stands after
    // it; with "causal" all zeros stand before it.
    private static WindowAxis Axis(int size, int kernel, int stride, int dilation, string padding)
    {
        int span = Span(kernel, dilation), positions = ((size - 1) / stride) + 1;
        return padding switch
        {
            // The last position lies in the image, so that nothing is wider than the window.
            "same" => new(size, kernel, stride, dilation, Math.Max(0, span - (size - ((positions - 1) * stride))) / 2, positions),
            "causal" => new(size, kernel, stride, dilation, span - 1, positions),
            _ => new(size, kernel, stride, dilation, 0, size < span ? 0 : ((size - span) / stride) + 1),
        };
    }

    // Arguments may be of any size; what is wider than any image is too wide.
    private static int Span(int kernel, int dilation) => (int)Math.Min((((long)kernel - 1) * dilation) + 1, int.MaxValue);

    /// <summary>Sizes of axes in words: <c>3x3</c>.</summary>
    public static string Sizes(IEnumerable<int> sizes) => string.Join("x", sizes.Select(Text));

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
