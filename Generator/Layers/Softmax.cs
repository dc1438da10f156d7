using CompiledNets.Generator.Declaration;
using CompiledNets.Generator.Diagnostics;
using CompiledNets.Generator.Ops;
using CompiledNets.Generator.Passes;

namespace CompiledNets.Generator.Layers;

/// <summary>Softmax along an axis, or along several taken together; of what a mask leaves, where it has one.</summary>
internal sealed record Softmax : Layer
{
    /// <summary>What stands for elements that do not count, as in Keras.</summary>
    private const double Lowest = -1e9;

    /// <summary>Numbers of a mask above it let an element count, as in Keras.</summary>
    private const double Kept = 0.5;

    public override string Type => "Softmax";

    public override MaskRule Mask => HasMask ? MaskRule.Uses : MaskRule.Refuses;

    /// <summary>The axes, the batch being 0.</summary>
    public required EquatableArray<int> Axis { get; init; }

    /// <summary>The last of what it is applied to is a mask.</summary>
    public required bool HasMask { get; init; }

    public static Softmax Resolve(Arguments arguments) => new()
    {
        Index = arguments.Index,
        Name = arguments.Name,
        Axis = arguments.Axes(nameof(Axis)),
        HasMask = arguments.Names("Mask"),
    };

    public override IReadOnlyList<Shape>? InferShapes(IReadOnlyList<Shape> inputs, ShapeContext context)
    {
        Shape input = inputs[0];
        if (HasMask && inputs.Count < 2)
        {
            context.Findings.Add(DiagnosticDescriptors.MergeCount.Id, Index, null, Name, "a value and its mask", "1",
                "Begin the node with [From].");
            return null;
        }

        if (context.AxesOf(Axis, input, nameof(Axis)) is not { } axes) return null;
        if (axes.All(axis => input[axis] == 1))
            context.Findings.Add(DiagnosticDescriptors.ActivationOfOne.Id, Index, nameof(Axis), Name, "softmax", "1");
        if (!HasMask || Fits(inputs[1], input)) return [input];
        context.Findings.Add(DiagnosticDescriptors.MaskShape.Id, Index, "Mask", Name, "Mask", $"{input}, or 1 for axes,", inputs[1]
            .ToString());
        return null;
    }

    public override IReadOnlyList<Value> Lower(Lowering lowering, IReadOnlyList<Value> inputs)
    {
        if (!HasMask) return [Lower(lowering, inputs[0], Name)];
        Value masked = Masked(lowering, inputs[0], inputs[1], Lowest, "_masked");
        return [Masked(lowering, Lower(lowering, masked, Name + "_all"), inputs[1], 0, "")];
    }

    private static bool Fits(Shape mask, Shape input) => mask.Rank <= input.Rank
        && Enumerable.Range(0, mask.Rank).All(axis => mask[axis] == 1 || mask[axis] == input[input.Rank - mask.Rank + axis]);

    private Value Masked(Lowering lowering, Value x, Value mask, double otherwise, string suffix) => lowering.Add(new Pointwise(
        Name, [x, mask], Scalar.IfGreater(Scalar.Operand(1), Kept, Scalar.Operand(0), otherwise),
            new Value(Name + suffix, x.Shape, Space.Sample)));

    // Several axes are one where they lie side by side; those that do not are brought to the end for it.
    private Value Lower(Lowering lowering, Value input, string name)
    {
        Shape shape = input.Shape;
        int[] axes = ShapeContext.Normalize(Axis, shape);
        if (axes.Length == 1) return lowering.Add(new Rowwise(Name, RowwiseKind.Softmax, input, axes[0], name));
        bool isRun = axes[axes.Length - 1] - axes[0] == axes.Length - 1;
        int[] order = isRun ? [.. Enumerable.Range(0, shape.Rank)]
            : [.. Enumerable.Range(0, shape.Rank).Where(axis => !axes.Contains(axis)), .. axes];
        int first = isRun ? axes[0] : shape.Rank - axes.Length;
        Value moved = isRun ? input : lowering.Add(Permute.Axes(Name, input, order, Name + "_axes"));
        int size = axes.Aggregate(1, (product, axis) => product * shape[axis]);
        int[] joined = [.. moved.Shape.Axes.Take(first), size, .. moved.Shape.Axes.Skip(first + axes.Length)];
        Value together = lowering.Add(Slice.Reshape(Name, moved, new(joined), Name + "_together"));
        Value result = lowering.Add(new Rowwise(Name, RowwiseKind.Softmax, together, first, Name + "_softmax"));
        result = lowering.Add(Slice.Reshape(Name, result, moved.Shape, isRun ? name : Name + "_apart"));
        return isRun ? result : lowering.Add(
            Permute.Axes(Name, result, [.. Enumerable.Range(0, shape.Rank).Select(axis => Array.IndexOf(order, axis))], name));
    }
}
