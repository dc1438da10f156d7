using CompiledNets.Generator.Ops;
using static CompiledNets.Generator.Emit.CodeWriter;

namespace CompiledNets.Generator.Kernels;

/// <summary>What comments and index expressions say of a window.</summary>
internal static class ConvolutionText
{
    /// <summary>The kernel and how it moves: <c>3x3 with strides 2x2</c>.</summary>
    public static string Of(Window window)
    {
        string text = Sizes(axis => axis.Kernel);
        if (window.Axes.Any(axis => axis.Stride > 1)) text += " with strides " + Sizes(axis => axis.Stride);
        if (window.Axes.Any(axis => axis.Dilation > 1)) text += " with dilations " + Sizes(axis => axis.Dilation);
        return window.Groups > 1 ? $"{text} in {Int(window.Groups)} groups" : text;

        string Sizes(Func<WindowAxis, int> size) => string.Join("x", window.Axes.Select(axis => Int(size(axis))));
    }

    /// <summary>The number of an element, row by row, by an expression and a size for each axis.</summary>
    public static string Index(IReadOnlyList<string> places, IReadOnlyList<int> sizes)
    {
        string index = places[0];
        for (int axis = 1; axis < places.Count; axis++)
        {
            string outer = index == "0" ? "0" : $"{Grouped(index)} * {Int(sizes[axis])}";
            index = ConvolutionKernel.Terms(outer, places[axis]);
        }

        return index;
    }

    /// <summary>A product; 0 and 1 are nothing to write.</summary>
    public static string Times(string factor, int times) =>
        factor == "0" || times == 0 ? "0" : times == 1 ? factor : int.TryParse(factor, out int number) ? Int(number * times)
            : $"{Grouped(factor)} * {Int(times)}";

    private static string Grouped(string text) => text.Contains(' ') ? $"({text})" : text;
}
