using CompiledNets.Generator.Diagnostics;
using CompiledNets.Generator.Ops;
using CompiledNets.Generator.Passes;

namespace CompiledNets.Generator.Layers;

/// <summary>Steps all of whose features have one value are not there.</summary>
internal sealed record Masking : UnaryLayer
{
    public override string Type => "Masking";

    /// <summary>The value.</summary>
    public required double MaskValue { get; init; }

    public static Masking Resolve(Arguments arguments) => new()
    {
        Index = arguments.Index,
        Name = arguments.Name,
        MaskValue = arguments.Finite(nameof(MaskValue), 0),
    };

    public override bool GivesMask(IReadOnlyList<bool> masked) => true;

    public override Shape? InferShape(Shape input, ShapeContext context)
    {
        if (input.Rank >= 2) return input;
        context.Findings.Add(DiagnosticDescriptors.WrongShape.Id, Index, null, Name, "steps of features, (steps, ..., features)",
            context.Before, input.ToString(), "A single axis has features alone.");
        return null;
    }

    public override Value Lower(Lowering lowering, Value input)
    {
        Scalar x = Scalar.Operand(0);
        Value others = lowering.Add(Reduce.Sum(Name, [input], Scalar.IfGreater(Scalar.Abs(x - MaskValue), 0, 1, 0), input.Shape,
            [input.Shape.Rank - 1], Name + "_others"));
        Value steps = lowering.Add(new Pointwise(Name, [others], Scalar.IfGreater(x, 0, 1, 0), Name + "_steps"));
        Value output = lowering.Add(new Pointwise(Name, [input, steps], x * Scalar.Operand(1), Name));
        lowering.SetMask(output, lowering.Add(Slice.Reshape(Name, steps, Lowering.MaskShape(input.Shape), Name + "_mask")));
        return output;
    }
}
