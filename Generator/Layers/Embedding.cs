using CompiledNets.Generator.Ops;
using CompiledNets.Generator.Passes;

namespace CompiledNets.Generator.Layers;

/// <summary>Rows of a table, by their numbers.</summary>
internal sealed record Embedding : UnaryLayer
{
    public override string Type => "Embedding";

    /// <summary>Rows of the table.</summary>
    public required int InputDim { get; init; }

    /// <summary>Numbers of a row.</summary>
    public required int OutputDim { get; init; }

    /// <summary>Whether index 0 stands for a step that is not there.</summary>
    public required bool MaskZero { get; init; }

    public required string EmbeddingsInitializer { get; init; }

    public override int? IndexLimit => InputDim;

    public static Embedding Resolve(Arguments arguments) => new()
    {
        Index = arguments.Index,
        Name = arguments.Name,
        Trainable = arguments.Trainable,
        InputDim = arguments.Positive(nameof(InputDim)),
        OutputDim = arguments.Positive(nameof(OutputDim)),
        MaskZero = arguments.Bool(nameof(MaskZero), false),
        EmbeddingsInitializer = arguments.Initializer(nameof(EmbeddingsInitializer), "uniform"),
    };

    public override bool GivesMask(IReadOnlyList<bool> masked) => MaskZero;

    public override Shape? InferShape(Shape input, ShapeContext context) => new(input.Axes.Append(OutputDim).ToArray());

    public override IEnumerable<Weight> Weights(Shape input) =>
        [new("embeddings", Shape.Of(InputDim, OutputDim), EmbeddingsInitializer)];

    public override Value Lower(Lowering lowering, Value input)
    {
        Value rows = lowering.Add(new Gather(Name, input, lowering.Weight("embeddings"), Name));
        if (MaskZero)
        {
            lowering.SetMask(rows, lowering.Add(new Pointwise(Name, [input], Scalar.IfGreater(Scalar.Operand(0), 0.5, 1, 0),
                new Value(Name + "_steps", input.Shape, Space.Sample))));
        }

        return rows;
    }
}
