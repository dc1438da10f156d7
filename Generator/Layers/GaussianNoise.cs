using CompiledNets.Generator.Ops;
using CompiledNets.Generator.Passes;

namespace CompiledNets.Generator.Layers;

/// <summary>Adds normal random numbers in training.</summary>
internal sealed record GaussianNoise : UnaryLayer
{
    public override string Type => "GaussianNoise";

    public override MaskRule Mask => MaskRule.Passes;

    public override bool WorksAlongLastAxis => true;

    public required double Stddev { get; init; }

    public static GaussianNoise Resolve(Arguments arguments) => new()
    {
        Index = arguments.Index,
        Name = arguments.Name,
        Stddev = arguments.Number(nameof(Stddev), 0, stddev => stddev is >= 0 and <= 1, "from 0 to 1"),
    };

    public override Shape? InferShape(Shape input, ShapeContext context) => input;

    public override Value Lower(Lowering lowering, Value input)
    {
        if (!lowering.IsTraining || Stddev == 0) return input;
        Value noise = lowering.Add(new NormalNumbers(Name, lowering.CallIndex, input.Shape, 0, Stddev, Name + "_noise"));
        return lowering.Add(new Pointwise(Name, [input, noise], Scalar.Operand(0) + Scalar.Operand(1), Name));
    }
}
