using System.Globalization;
using CompiledNets.Generator.Diagnostics;
using CompiledNets.Generator.Ops;
using CompiledNets.Generator.Passes;

namespace CompiledNets.Generator.Layers;

/// <summary>Joins values element by element; axes of size 1, and those that a value of lower rank lacks in front, repeat.</summary>
internal abstract record Merge : Layer
{
    /// <summary>How many values it joins at most.</summary>
    protected virtual int MostInputs => int.MaxValue;

    /// <summary>The result of two or more elements.</summary>
    protected abstract Scalar Join(IReadOnlyList<Scalar> elements);

    public override IReadOnlyList<Shape>? InferShapes(IReadOnlyList<Shape> inputs, ShapeContext context)
    {
        if (!HasCount(inputs.Count, MostInputs, context)) return null;
        Shape result = inputs[0];
        for (int i = 1; i < inputs.Count; i++)
        {
            if (Broadcast(result, inputs[i]) is { } joined) result = joined;
            else
            {
                context.Findings.Add(DiagnosticDescriptors.MergeShapes.Id, context.Index, null, Name, context.Value(0, inputs),
                    context.Value(i, inputs),
                    "their axes, from the last on, must be equal or 1.");
                return null;
            }
        }

        return [result];
    }

    public override MaskRule Mask => MaskRule.Uses;

    public override bool GivesMask(IReadOnlyList<bool> masked) => masked.All(has => has);

    // A step is there where any of the values has it; without a mask all of them are.
    public override Value? LowerMask(Lowering lowering, IReadOnlyList<Value> inputs)
    {
        Value[] masks = [.. inputs.Select(lowering.MaskOf).OfType<Value>().Distinct()];
        if (inputs.Any(input => lowering.MaskOf(input) is null)) return null;
        return masks.Skip(1).Aggregate(masks[0], (any, mask) => lowering.Add(new Pointwise(Name, [any, mask],
            Scalar.Max(Scalar.Operand(0), Scalar.Operand(1)), new Value(Name + "_mask", Broadcast(any.Shape, mask.Shape)!, Space.Sample))));
    }

    public override IReadOnlyList<Value> Lower(Lowering lowering, IReadOnlyList<Value> inputs)
    {
        Shape shape = inputs.Skip(1).Aggregate(inputs[0].Shape, (shape, input) => Broadcast(shape, input.Shape)!);
        Scalar result = Join([.. inputs.Select((_, i) => Scalar.Operand(i))]);
        return [lowering.Add(new Pointwise(Name, inputs, result, new Value(Name, shape, Space.Sample)))];
    }

    /// <summary>Whether a merge gets as many values as it joins; a finding where it does not.</summary>
    public static bool HasCount(int count, int most, ShapeContext context)
    {
        if (count >= 2 && count <= most) return true;
        context.Findings.Add(DiagnosticDescriptors.MergeCount.Id, context.Index, null, context.Name, most == 2
            ? "two values" : "two values or more",
            count.ToString(CultureInfo.InvariantCulture), count < 2 ? "Name another node." : "Name fewer nodes.");
        return false;
    }

    private static Shape? Broadcast(Shape a, Shape b)
    {
        (Shape longer, Shape shorter) = a.Rank >= b.Rank ? (a, b) : (b, a);
        int[] axes = [.. longer.Axes];
        int missing = longer.Rank - shorter.Rank;
        for (int i = 0; i < shorter.Rank; i++)
        {
            int own = axes[missing + i], other = shorter[i];
            if (own != other && own != 1 && other != 1) return null;
            axes[missing + i] = own == 1 ? other : own;
        }

        return new(axes);
    }
}
