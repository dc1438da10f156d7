using CompiledNets.Generator.Declaration;
using CompiledNets.Generator.Diagnostics;
using CompiledNets.Generator.Ops;
using CompiledNets.Generator.Passes;

namespace CompiledNets.Generator.Layers;

/// <summary>Softmax along an axis, or along several taken together.</summary>
internal sealed record Softmax : UnaryLayer
{
    public override string Type => "Softmax";

    public override MaskRule Mask => MaskRule.Refuses;

    /// <summary>The axes, the batch being 0.</summary>
    public required EquatableArray<int> Axis { get; init; }

    public static Softmax Resolve(Arguments arguments) => new()
    {
        Index = arguments.Index,
        Name = arguments.Name,
        Axis = arguments.Axes(nameof(Axis)),
    };

    public override Shape? InferShape(Shape input, ShapeContext context)
    {
        if (context.AxesOf(Axis, input, nameof(Axis)) is not { } axes) return null;
        if (axes.All(axis => input[axis] == 1))
            context.Findings.Add(DiagnosticDescriptors.ActivationOfOne.Id, Index, nameof(Axis), Name, "softmax", "1");
        return input;
    }

    // Several axes are one where they lie side by side; those that do not are brought to the end for it.
    public override Value Lower(Lowering lowering, Value input)
    {
        Shape shape = input.Shape;
        int[] axes = ShapeContext.Normalize(Axis, shape);
        if (axes.Length == 1) return lowering.Add(new Rowwise(Name, RowwiseKind.Softmax, input, axes[0], Name));
        bool isRun = axes[axes.Length - 1] - axes[0] == axes.Length - 1;
        int[] order = isRun ? [.. Enumerable.Range(0, shape.Rank)]
            : [.. Enumerable.Range(0, shape.Rank).Where(axis => !axes.Contains(axis)), .. axes];
        int first = isRun ? axes[0] : shape.Rank - axes.Length;
        Value moved = isRun ? input : lowering.Add(Permute.Axes(Name, input, order, Name + "_axes"));
        int size = axes.Aggregate(1, (product, axis) => product * shape[axis]);
        int[] joined = [.. moved.Shape.Axes.Take(first), size, .. moved.Shape.Axes.Skip(first + axes.Length)];
        Value together = lowering.Add(Slice.Reshape(Name, moved, new(joined), Name + "_together"));
        Value result = lowering.Add(new Rowwise(Name, RowwiseKind.Softmax, together, first, Name + "_softmax"));
        result = lowering.Add(Slice.Reshape(Name, result, moved.Shape, isRun ? Name : Name + "_apart"));
        return isRun ? result : lowering.Add(
            Permute.Axes(Name, result, [.. Enumerable.Range(0, shape.Rank).Select(axis => Array.IndexOf(order, axis))], Name));
    }
}
