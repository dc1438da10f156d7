using CompiledNets.Generator.Diagnostics;
using CompiledNets.Generator.Ops;
using CompiledNets.Generator.Passes;

namespace CompiledNets.Generator.Layers;

/// <summary>A vector some times.</summary>
internal sealed record RepeatVector : UnaryLayer
{
    public override string Type => "RepeatVector";

    public override bool KeepsNumbers => true;

    /// <summary>How often.</summary>
    public required int N { get; init; }

    public static RepeatVector Resolve(Arguments arguments) => new()
    {
        Index = arguments.Index,
        Name = arguments.Name,
        N = arguments.Positive(nameof(N)),
    };

    public override Shape? InferShape(Shape input, ShapeContext context)
    {
        if (input.Rank == 1) return Shape.Of(N, input[0]);
        context.Findings.Add(DiagnosticDescriptors.WrongShape.Id, Index, null, Name, "one axis", context.Before, input.ToString(),
            "Put [Flatten] before it.");
        return null;
    }

    public override Value Lower(Lowering lowering, Value input) =>
        lowering.Add(new Pointwise(Name, [input], Scalar.Operand(0), new Value(Name, Shape.Of(N, input.Shape[0]), Space.Sample)));
}
