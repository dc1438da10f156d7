using System.Globalization;
using CompiledNets.Generator.Diagnostics;
using CompiledNets.Generator.Ops;
using CompiledNets.Generator.Passes;

namespace CompiledNets.Generator.Layers;

/// <summary>What a shape rule needs to say what is wrong.</summary>
/// <param name="Findings">Takes the findings.</param>
/// <param name="Index">Place of the layer's attribute.</param>
/// <param name="Name">Name of the layer.</param>
/// <param name="Names">Names of what it is applied to: layers, nodes.</param>
internal sealed record ShapeContext(FindingList Findings, int Index, string Name, IReadOnlyList<string> Names)
{
    /// <summary>The whole shape that came where a layer looks at a part of it; null where it looks at all.</summary>
    public string? Given { get; init; }

    /// <summary>Name of the layer before it.</summary>
    public string Before => Names[0];

    /// <summary>The axis of a sample that an axis with the batch means; null, and a finding, where there is none.</summary>
    public int? AxisOf(int axis, Shape shape, string argument)
    {
        int own = Normalize(axis, shape);
        if (own >= 0 && own < shape.Rank) return own;
        Findings.Add(DiagnosticDescriptors.OutOfRange.Id, Index, argument, argument, Name,
            $"from 1 to {shape.Rank.ToString(CultureInfo.InvariantCulture)}, or counted from the end from " +
                $"-{shape.Rank.ToString(CultureInfo.InvariantCulture)} to -1, for {shape}", axis.ToString(CultureInfo.InvariantCulture)
            + ".");
        return null;
    }

    /// <summary>An input with its shape, for messages: <c>'street' of (8)</c>.</summary>
    public string Value(int input, IReadOnlyList<Shape> shapes) => $"'{Names[input]}' of {shapes[input]}";

    /// <summary>
    /// The axes of a sample that axes with the batch mean, in order; null, and a finding, where there is none, or one twice.
    /// </summary>
    public int[]? AxesOf(IReadOnlyList<int> axes, Shape shape, string argument)
    {
        foreach (int axis in axes)
            if (AxisOf(axis, shape, argument) is null) return null;
        int[] own = Normalize(axes, shape);
        if (own.Distinct().Count() == own.Length) return own;
        Findings.Add(DiagnosticDescriptors.OutOfRange.Id, Index, argument, argument, Name, $"axes of {shape} that differ",
            "(" + string.Join(", ", axes.Select(axis => axis.ToString(CultureInfo.InvariantCulture))) + ").");
        return null;
    }

    /// <summary>The axes of a sample that axes with the batch mean, in order.</summary>
    public static int[] Normalize(IReadOnlyList<int> axes, Shape shape) =>
        [.. axes.Select(axis => Normalize(axis, shape)).OrderBy(axis => axis)];

    /// <summary>The axis of a sample that an axis with the batch means.</summary>
    public static int Normalize(int axis, Shape shape) => axis < 0 ? shape.Rank + axis : axis - 1;

    /// <summary>How a value that has one entry for each of an axis meets the elements.</summary>
    public static Access AlongAxis(int axis, Shape shape) => Access.Along(shape, Normalize(axis, shape));
}
