using CompiledNets.Generator.Ops;
using CompiledNets.Generator.Passes;

namespace CompiledNets.Generator.Layers;

/// <summary>x above a threshold, at most some value; below it a slope.</summary>
internal sealed record ReLU : UnaryLayer
{
    public override string Type => "ReLU";

    public override MaskRule Mask => MaskRule.Passes;

    public override bool WorksAlongLastAxis => true;

    /// <summary>The largest value; infinite for none.</summary>
    public required double MaxValue { get; init; }

    public required double NegativeSlope { get; init; }

    public required double Threshold { get; init; }

    public static ReLU Resolve(Arguments arguments) => new()
    {
        Index = arguments.Index,
        Name = arguments.Name,
        MaxValue = arguments.Number(nameof(MaxValue), double.PositiveInfinity, value => value >= 0, "at least 0"),
        NegativeSlope = arguments.Number(nameof(NegativeSlope), 0, value => value is >= 0 and < double.PositiveInfinity, "at least 0"),
        Threshold = arguments.Number(nameof(Threshold), 0, value => value is >= 0 and < double.PositiveInfinity, "at least 0"),
    };

    public override Shape? InferShape(Shape input, ShapeContext context) => input;

    public override Value Lower(Lowering lowering, Value input) =>
        lowering.Add(new Pointwise(Name, [input], Expression(Scalar.Operand(0)), Name));

    // At the kinks Keras's gradient depends on which of TensorFlow's functions it calls: 0 at the threshold, the slope there for a leaky
    // one without other options; 1 at the largest value, but 0 at 6.
    private Scalar Expression(Scalar x)
    {
        bool isBounded = !double.IsInfinity(MaxValue);
        if (NegativeSlope > 0 && !isBounded && Threshold == 0) return Scalar.IfGreater(x, 0, x, NegativeSlope * x);
        Scalar positive = Threshold == 0 ? Scalar.Max(0, x) : Scalar.IfGreaterOrEqual(Threshold, x, 0, x);
        if (isBounded)
            positive = MaxValue == 6 && Threshold == 0 ? Scalar.Min(6, positive) : Scalar.IfGreater(positive, MaxValue, MaxValue, positive);
        return NegativeSlope == 0 ? positive : positive - (NegativeSlope * Scalar.Max(0, Threshold - x));
    }
}
