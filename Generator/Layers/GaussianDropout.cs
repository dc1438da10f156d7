using CompiledNets.Generator.Ops;
using CompiledNets.Generator.Passes;

namespace CompiledNets.Generator.Layers;

/// <summary>Multiplies by normal random numbers of mean 1 in training.</summary>
internal sealed record GaussianDropout : UnaryLayer
{
    public override string Type => "GaussianDropout";

    public override MaskRule Mask => MaskRule.Passes;

    public override bool WorksAlongLastAxis => true;

    public required double Rate { get; init; }

    public static GaussianDropout Resolve(Arguments arguments) => new()
    {
        Index = arguments.Index,
        Name = arguments.Name,
        Rate = arguments.Number(nameof(Rate), 0, rate => rate is >= 0 and < 1, "at least 0 and less than 1"),
    };

    public override Shape? InferShape(Shape input, ShapeContext context) => input;

    public override Value Lower(Lowering lowering, Value input)
    {
        if (!lowering.IsTraining || Rate == 0) return input;
        Value noise = lowering.Add(new NormalNumbers(Name, lowering.CallIndex, input.Shape, 1, Math.Sqrt(Rate / (1 - Rate)),
            Name + "_noise"));
        return lowering.Add(new Pointwise(Name, [input, noise], Scalar.Operand(0) * Scalar.Operand(1), Name));
    }
}
