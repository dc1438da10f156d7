using CompiledNets.Generator.Ops;
using CompiledNets.Generator.Passes;

namespace CompiledNets.Generator.Layers;

/// <summary>Drops elements in training.</summary>
internal sealed record Dropout : UnaryLayer
{
    public override string Type => "Dropout";

    public required double Rate { get; init; }

    public static Dropout Resolve(Arguments arguments) => new()
    {
        Index = arguments.Index,
        Name = arguments.Name,
        Rate = arguments.Number(nameof(Rate), 0, rate => rate is >= 0 and < 1, "at least 0 and less than 1"),
    };

    public override Shape? InferShape(Shape input, ShapeContext context) => input;

    public override Value Lower(Lowering lowering, Value input)
    {
        if (!lowering.IsTraining || Rate == 0) return input;
        Value mask = lowering.Add(new DropoutMask(Name, lowering.CallIndex, input.Shape, Rate, Name + "_mask"));
        return lowering.Add(new Pointwise(Name, [input, mask], Scalar.Operand(0) * Scalar.Operand(1), Name));
    }
}
