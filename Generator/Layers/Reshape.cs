using System.Globalization;
using CompiledNets.Generator.Declaration;
using CompiledNets.Generator.Diagnostics;
using CompiledNets.Generator.Ops;
using CompiledNets.Generator.Passes;

namespace CompiledNets.Generator.Layers;

/// <summary>The same elements under another shape.</summary>
internal sealed record Reshape : UnaryLayer
{
    public override string Type => "Reshape";

    public override bool KeepsNumbers => true;

    /// <summary>The new axes; one may be -1.</summary>
    public required EquatableArray<int> TargetShape { get; init; }

    public static Reshape Resolve(Arguments arguments) => new()
    {
        Index = arguments.Index,
        Name = arguments.Name,
        TargetShape = arguments.Ints(nameof(TargetShape)),
    };

    public override Shape? InferShape(Shape input, ShapeContext context)
    {
        int open = TargetShape.Count(axis => axis == -1);
        int wrong = TargetShape.FirstOrDefault(axis => axis is 0 or < -1);
        long given = TargetShape.Where(axis => axis > 0).Aggregate(1L, (product, axis) => Math.Min(int.MaxValue, product * axis));
        string? fix = TargetShape.Count == 0 ? "Name at least one axis."
            : wrong != 0 || TargetShape.Contains(0) ? "Axes are positive; one may be -1."
            : open > 1 ? "Only one axis may be -1."
            : open == 1 && input.Size % given != 0 ? $"{Text(input.Size)} does not divide by {Text(given)}."
            : open == 0 && given != input.Size ? "The numbers of elements must be equal."
            : null;
        if (fix is null) return new(TargetShape.Select(axis => axis == -1 ? (int)(input.Size / given) : axis).ToArray());
        string target = "(" + string.Join(", ", TargetShape.Select(axis => Text(axis))) + ")";
        context.Findings.Add(DiagnosticDescriptors.ReshapeMismatch.Id, Index, null, Name, target, open > 0
            ? "-1" : Text(given), context.Before, input.ToString(), Text(input.Size), fix);
        return null;
    }

    public override Value Lower(Lowering lowering, Value input)
    {
        int given = TargetShape.Where(axis => axis > 0).Aggregate(1, (product, axis) => product * axis);
        int[] axes = [.. TargetShape.Select(axis => axis == -1 ? input.Shape.Size / given : axis)];
        return lowering.Add(Slice.Reshape(Name, input, new(axes), Name));
    }

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
