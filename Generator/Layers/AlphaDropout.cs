using CompiledNets.Generator.Declaration;
using CompiledNets.Generator.Ops;
using CompiledNets.Generator.Passes;

namespace CompiledNets.Generator.Layers;

/// <summary>
/// Dropout that keeps mean 0 and variance 1: a dropped element is what selu tends to far below zero, and all are scaled and shifted after
/// it (Klambauer, Unterthiner, Mayr and Hochreiter, "Self-normalizing neural networks", 2017).
/// </summary>
internal sealed record AlphaDropout : UnaryLayer
{
    /// <summary>What selu tends to: its scale times its alpha, negated.</summary>
    private const double Dropped = -1.0507009873554805 * 1.6732632423543772;

    public override string Type => "AlphaDropout";

    public override MaskRule Mask => MaskRule.Passes;

    public override bool WorksAlongLastAxis => NoiseShape.Count == 0;

    public override bool WorksStepByStep => NoiseShape.Count == 0;

    public required double Rate { get; init; }

    /// <summary>Sizes of a sample's mask; empty for that of the sample.</summary>
    public required EquatableArray<int> NoiseShape { get; init; }

    public static AlphaDropout Resolve(Arguments arguments) => new()
    {
        Index = arguments.Index,
        Name = arguments.Name,
        Rate = arguments.Number(nameof(Rate), 0, rate => rate is >= 0 and < 1, "at least 0 and less than 1"),
        NoiseShape = arguments.Ints(nameof(NoiseShape)),
    };

    public override Shape? InferShape(Shape input, ShapeContext context) => Dropout.MaskShape(NoiseShape, input, context) is null
        ? null : input;

    // The mask is 0 where an element is dropped, 1 where it is kept, and 2 where nothing is dropped at all.
    public override Value Lower(Lowering lowering, Value input)
    {
        if (!lowering.IsTraining || Rate == 0) return input;
        Value mask = lowering.Add(new DropoutMask(Name, lowering.CallIndex, Dropout.MaskShape(NoiseShape, input.Shape)!, Rate, kept: 1,
            idle: 2, Name + "_mask"));
        double scale = 1 / Math.Sqrt((1 - Rate) * (1 + (Rate * Dropped * Dropped))), shift = -scale * Dropped * Rate;
        Scalar x = Scalar.Operand(0), m = Scalar.Operand(1);
        Scalar factor = Scalar.IfGreater(m, 1, 1, Scalar.IfGreater(m, 0, scale, 0)),
            offset = Scalar.IfGreater(m, 1, 0, Scalar.IfGreater(m, 0, shift, (scale * Dropped) + shift));
        return lowering.Add(new Pointwise(Name, [input, mask], (x * factor) + offset, Name));
    }
}
