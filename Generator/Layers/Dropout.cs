using CompiledNets.Generator.Declaration;
using CompiledNets.Generator.Diagnostics;
using CompiledNets.Generator.Ops;
using CompiledNets.Generator.Passes;

namespace CompiledNets.Generator.Layers;

/// <summary>Drops elements in training.</summary>
internal sealed record Dropout : UnaryLayer
{
    public override string Type => "Dropout";

    public override MaskRule Mask => MaskRule.Passes;

    public override bool WorksAlongLastAxis => NoiseShape.Count == 0;

    public override bool WorksStepByStep => NoiseShape.Count == 0;

    public required double Rate { get; init; }

    /// <summary>Sizes of a sample's mask; empty for that of the sample.</summary>
    public required EquatableArray<int> NoiseShape { get; init; }

    public static Dropout Resolve(Arguments arguments) => new()
    {
        Index = arguments.Index,
        Name = arguments.Name,
        Rate = arguments.Number(nameof(Rate), 0, rate => rate is >= 0 and <= 1, "from 0 to 1"),
        NoiseShape = arguments.Ints(nameof(NoiseShape)),
    };

    public override Shape? InferShape(Shape input, ShapeContext context) => MaskShape(NoiseShape, input, context) is null ? null : input;

    public override Value Lower(Lowering lowering, Value input) =>
        Drop(lowering, Name, input, Rate, MaskShape(NoiseShape, input.Shape)!);

    /// <summary>What is left of a value in training, with a mask that repeats where its axes have size 1.</summary>
    public static Value Drop(Lowering lowering, string layer, Value input, double rate, Shape mask)
    {
        if (!lowering.IsTraining || rate == 0) return input;
        double kept = rate == 1 ? 0 : 1 / (1 - rate);
        Value drawn = lowering.Add(new DropoutMask(layer, lowering.CallIndex, mask, rate, kept, idle: 1, layer + "_mask"));
        return lowering.Add(new Pointwise(layer, [input, drawn], Scalar.Operand(0) * Scalar.Operand(1), layer));
    }

    /// <summary>Shape of a mask: 1 or the size of the axis for each; null, and a finding, where it does not fit.</summary>
    public static Shape? MaskShape(EquatableArray<int> noiseShape, Shape input, ShapeContext? context = null)
    {
        if (noiseShape.Count == 0) return input;
        if (noiseShape.Count == input.Rank
            && Enumerable.Range(0, input.Rank).All(axis => noiseShape[axis] is 1 or -1 || noiseShape[axis] == input[axis]))
            return new(noiseShape.Select((size, axis) => size == -1 ? input[axis] : size).ToArray());
        context?.Findings.Add(DiagnosticDescriptors.OutOfRange.Id, context.Index, "NoiseShape", "NoiseShape", context.Name,
            $"a size for each axis of {input}, without the batch: 1, -1 or that of the axis", new Shape(noiseShape) + ".");
        return null;
    }
}
