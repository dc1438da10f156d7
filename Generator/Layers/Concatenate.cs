using CompiledNets.Generator.Diagnostics;
using CompiledNets.Generator.Ops;
using CompiledNets.Generator.Passes;

namespace CompiledNets.Generator.Layers;

/// <summary>The values side by side along an axis.</summary>
internal sealed record Concatenate : Layer
{
    public override string Type => "Concatenate";

    public override bool KeepsNumbers => true;

    /// <summary>The axis, the batch being 0.</summary>
    public required int Axis { get; init; }

    public static Concatenate Resolve(Arguments arguments) =>
        new() { Index = arguments.Index, Name = arguments.Name, Axis = arguments.Int(nameof(Axis), -1) };

    public override IReadOnlyList<Shape>? InferShapes(IReadOnlyList<Shape> inputs, ShapeContext context)
    {
        if (!Merge.HasCount(inputs.Count, int.MaxValue, context)) return null;
        Shape first = inputs[0];
        if (context.AxisOf(Axis, first, nameof(Axis)) is not { } axis) return null;
        int size = first[axis];
        for (int i = 1; i < inputs.Count; i++)
        {
            if (inputs[i].Rank != first.Rank || !inputs[i].With(axis, first[axis]).Equals(first))
            {
                context.Findings.Add(DiagnosticDescriptors.MergeShapes.Id, context.Index, null, Name, context.Value(0, inputs),
                    context.Value(i, inputs),
                    "all axes but the one along which they stand side by side must be equal.");
                return null;
            }

            size += inputs[i][axis];
        }

        return [first.With(axis, size)];
    }

    public override MaskRule Mask => MaskRule.Uses;

    public override bool GivesMask(IReadOnlyList<bool> masked) => masked.Any(has => has);

    // Values without a mask are there at all steps: side by side along features, a step is there where any of the values has it.
    public override Value? LowerMask(Lowering lowering, IReadOnlyList<Value> inputs)
    {
        if (inputs.All(input => lowering.MaskOf(input) is null)) return null;
        int axis = ShapeContext.Normalize(Axis, inputs[0].Shape);
        Value[] masks = [.. inputs.Select(input => lowering.MaskOf(input)
            ?? lowering.Add(
                new Pointwise(Name, [], [], Scalar.One, new Value(Name + "_all_steps", Lowering.MaskShape(input.Shape), Space.Sample))))];
        if (axis == inputs[0].Shape.Rank - 1)
            return masks.Skip(1).Aggregate(masks[0], (any, mask) =>
                lowering.Add(new Pointwise(Name, [any, mask], Scalar.Max(Scalar.Operand(0), Scalar.Operand(1)), Name + "_mask")));
        int outer = masks[0].Shape.Axes.Take(axis).Aggregate(1, (product, size) => product * size);
        Shape shape = masks[0].Shape.With(axis, masks.Sum(mask => mask.Shape[axis]));
        return lowering.Add(new Ops.Concatenate(Name, masks, outer, new Value(Name + "_mask", shape, Space.Sample)));
    }

    public override IReadOnlyList<Value> Lower(Lowering lowering, IReadOnlyList<Value> inputs)
    {
        int axis = ShapeContext.Normalize(Axis, inputs[0].Shape);
        int outer = inputs[0].Shape.Axes.Take(axis).Aggregate(1, (product, size) => product * size);
        Shape shape = inputs[0].Shape.With(axis, inputs.Sum(input => input.Shape[axis]));
        return [lowering.Add(new Ops.Concatenate(Name, inputs, outer, new Value(Name, shape, Space.Sample)))];
    }
}
