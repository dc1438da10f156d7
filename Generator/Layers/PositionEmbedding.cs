using CompiledNets.Generator.Diagnostics;
using CompiledNets.Generator.Ops;
using CompiledNets.Generator.Passes;

namespace CompiledNets.Generator.Layers;

/// <summary>For each row of its input the vector of that place: what a transformer adds to its tokens.</summary>
internal sealed record PositionEmbedding : UnaryLayer
{
    public override string Type => "PositionEmbedding";

    /// <summary>Places that have a vector.</summary>
    public required int SequenceLength { get; init; }

    public required string EmbeddingsInitializer { get; init; }

    public override MaskRule Mask => MaskRule.Passes;

    public static PositionEmbedding Resolve(Arguments arguments) => new()
    {
        Index = arguments.Index,
        Name = arguments.Name,
        Trainable = arguments.Trainable,
        SequenceLength = arguments.Positive(nameof(SequenceLength)),
        EmbeddingsInitializer = arguments.Initializer("Initializer", "glorot_uniform"),
    };

    public override Shape? InferShape(Shape input, ShapeContext context)
    {
        string most = $"rows and features, with at most {Emit.CodeWriter.Int(SequenceLength)} rows";
        if (input.Rank >= 2 && input[input.Rank - 2] <= SequenceLength) return input;
        context.Findings.Add(DiagnosticDescriptors.WrongShape.Id, context.Index, null, Name, most, context.Before, input.ToString(),
            "Give it a larger SequenceLength, or fewer rows.");
        return null;
    }

    public override IEnumerable<Weight> Weights(Shape input)
    {
        yield return new("embeddings", Shape.Of(SequenceLength, input.Last), EmbeddingsInitializer);
    }

    public override Value Lower(Lowering lowering, Value input)
    {
        int rank = input.Shape.Rank;
        return lowering.Add(
            new Pointwise(Name, [lowering.Weight("embeddings")], [Access.Along(input.Shape, rank - 2, rank - 1)], Scalar.Operand(0),
            new Value(Name, input.Shape, Space.Sample)));
    }
}
