using CompiledNets.Generator.Diagnostics;
using CompiledNets.Generator.Emit;
using CompiledNets.Generator.Ops;
using CompiledNets.Generator.Passes;

namespace CompiledNets.Generator.Layers;

/// <summary>
/// Attention of one head: each row of the query gets a mean of the rows of the value, weighted by the softmax of its scores with the rows
/// of the key. Attention (Luong) and AdditiveAttention (Bahdanau) differ in the scores.
/// </summary>
internal sealed record Attention : Layer
{
    /// <summary>
    /// What stands for scores that do not count. Keras takes so much from them, which in single precision leaves nothing else.
    /// </summary>
    private const double Lowest = -1e9;

    public override string Type => IsAdditive ? "AdditiveAttention" : "Attention";

    /// <summary>Scores are Σ scale * tanh(q + k), with a scale for each feature.</summary>
    public required bool IsAdditive { get; init; }

    public required bool UseScale { get; init; }

    /// <summary>Scores are sums of tanh(q + k) instead of q k.</summary>
    public required bool IsConcat { get; init; }

    public required double Dropout { get; init; }

    public required bool UseCausalMask { get; init; }

    public required bool ReturnAttentionScores { get; init; }

    public required AttentionInputs Inputs { get; init; }

    public override IReadOnlyList<string> OutputNames => ReturnAttentionScores ? ["output", "attention_scores"] : ["output"];

    public override MaskRule Mask => MaskRule.Uses;

    public static Attention Resolve(Arguments arguments, bool isAdditive) => new()
    {
        Index = arguments.Index,
        Name = arguments.Name,
        Trainable = arguments.Trainable,
        IsAdditive = isAdditive,
        UseScale = arguments.Bool(nameof(UseScale), isAdditive),
        IsConcat = arguments.Choice("ScoreMode", "dot", "score mode", ["dot", "concat"]) == "concat",
        Dropout = arguments.Number(nameof(Dropout), 0, rate => rate is >= 0 and <= 1, "from 0 to 1"),
        UseCausalMask = arguments.Bool(nameof(UseCausalMask), false),
        ReturnAttentionScores = arguments.Bool(nameof(ReturnAttentionScores), false),
        Inputs = AttentionInputs.Of(arguments),
    };

    public override IReadOnlyList<Shape>? InferShapes(IReadOnlyList<Shape> inputs, ShapeContext context)
    {
        if (!Inputs.HasCount(inputs.Count, context)) return null;
        Shape query = Inputs.Query(inputs), value = Inputs.Value(inputs), key = Inputs.Key(inputs);
        string? wrong = new[] { query, value, key }.Any(shape => shape.Rank < 2)
            ? "each needs rows and features, two axes beside the batch."
            : query.Last != key.Last ? "query and key need as many features."
            : value.Positions != key.Positions ? "value and key need as many rows."
            : !query.Axes.Take(query.Rank - 2).SequenceEqual(value.Axes.Take(value.Rank - 2)) ? "axes before the rows must be the same."
            : null;
        if (wrong is not null)
        {
            context.Findings.Add(DiagnosticDescriptors.AttentionShapes.Id, context.Index, null, Name, query.ToString(), value.ToString(),
                key.ToString(), wrong);
            return null;
        }

        foreach ((string argument, Shape rows) in new[] { ("QueryMask", Rows(query)), ("ValueMask", Rows(value)) })
        {
            if (Inputs.Mask(inputs, argument) is not { } mask || mask.Equals(rows)) continue;
            context.Findings.Add(DiagnosticDescriptors.MaskShape.Id, context.Index, argument, Name, argument, rows.ToString(),
                mask.ToString());
            return null;
        }

        Shape output = query.WithLast(value.Last);
        return ReturnAttentionScores ? [output, Scores(query, key)] : [output];
    }

    public override IEnumerable<Weight> Weights(IReadOnlyList<Shape> inputs)
    {
        if (IsAdditive)
        {
            if (UseScale) yield return new("scale", Shape.Of(Inputs.Query(inputs).Last), "glorot_uniform");
            yield break;
        }

        if (UseScale) yield return new("scale", Shape.Scalar, "ones");
        if (IsConcat) yield return new("concat_score_weight", Shape.Scalar, "ones");
    }

    /// <summary>The mask of the query travels on.</summary>
    public override bool GivesMask(IReadOnlyList<bool> masked) => masked[0];

    public override Value? LowerMask(Lowering lowering, IReadOnlyList<Value> inputs) => lowering.MaskOf(Inputs.Query(inputs));

    public override IReadOnlyList<Value> Lower(Lowering lowering, IReadOnlyList<Value> inputs)
    {
        Value query = Inputs.Query(inputs), value = Inputs.Value(inputs), key = Inputs.Key(inputs);
        Shape shape = Scores(query.Shape, key.Shape);
        int row = shape.Rank - 2, column = shape.Rank - 1;
        Value scores = ScoresOf(lowering, query, key, shape);
        ScoreMask mask = new(lowering, Name, shape);
        int[] outer = [.. Enumerable.Range(0, row)];
        if (Inputs.MaskOf(lowering, inputs, "ValueMask", value) is { } ofValue)
            mask.AllowAlong(ofValue, Along(ofValue, [.. outer, column]));
        if (UseCausalMask) mask.AllowBefore(row, column);
        scores = mask.Apply(scores, _ => Lowest, "_masked_scores");
        Value weights = lowering.Add(new Rowwise(Name, RowwiseKind.Softmax, scores, column, Name + "_weights"));
        weights = Layers.Dropout.Drop(lowering, Name, weights, Dropout, shape);
        Value output = Mean(lowering, weights, value, query.Shape.WithLast(value.Shape.Last));
        if (Inputs.MaskOf(lowering, inputs, "QueryMask", query) is { } ofQuery)
        {
            ScoreMask rows = new(lowering, Name, output.Shape);
            rows.AllowAlong(ofQuery, Along(ofQuery, [.. outer, row]));
            output = rows.Apply(output, _ => 0, "_masked");
        }

        return ReturnAttentionScores ? [output, weights] : [output];
    }

    // The scores of each row of the query with each of the key, before the mask.
    private Value ScoresOf(Lowering lowering, Value query, Value key, Shape shape)
    {
        int rank = shape.Rank;
        Shape elements = Shape.Of([.. shape.Axes, query.Shape.Last]);
        Access target = Access.Along(elements, [.. Enumerable.Range(0, rank)]);
        int[] outer = [.. Enumerable.Range(0, rank - 2)];
        Access ofQuery = Access.Along(elements, [.. outer, rank - 2, rank]), ofKey = Access.Along(elements, [.. outer, rank - 1, rank]);
        Scalar q = Scalar.Operand(0), k = Scalar.Operand(1), scale = Scalar.Operand(2);
        Value[] operands = [query, key];
        Access[] accesses = [ofQuery, ofKey];
        bool isSumOfTanh = IsAdditive || IsConcat;
        Scalar element = isSumOfTanh ? Scalar.Tanh(q + k) : q * k;
        if (isSumOfTanh && UseScale)
        {
            operands = [query, key, lowering.Weight("scale")];
            accesses = [ofQuery, ofKey, IsAdditive ? Access.Along(elements, rank) : One(elements)];
            element = IsAdditive ? scale * element : Scalar.Tanh(scale * (q + k));
        }

        string? weight = IsAdditive ? null : IsConcat ? "concat_score_weight" : UseScale ? "scale" : null;
        Value scores =
            lowering.Add(new Reduce(Name, operands, accesses, element, elements, target, new(Name + "_scores", shape, Space.Sample)));
        return weight is null ? scores
            : lowering.Add(new Pointwise(Name, [scores, lowering.Weight(weight)], [Access.Whole(shape), One(shape)],
            Scalar.Operand(0) * Scalar.Operand(1), new Value(Name + "_scaled_scores", shape, Space.Sample)));
    }

    private Value Mean(Lowering lowering, Value weights, Value value, Shape output)
    {
        int rank = output.Rank;
        Shape elements = Shape.Of([.. output.Axes, weights.Shape.Last]);
        int[] outer = [.. Enumerable.Range(0, rank - 2)];
        Access ofWeights = Access.Along(elements, [.. outer, rank - 2, rank]);
        // Rows of the value are what is summed over.
        Access ofValue = Access.Along(elements, [.. outer, rank, rank - 1]);
        return lowering.Add(new Reduce(Name, [weights, value], [ofWeights, ofValue], Scalar.Operand(0) * Scalar.Operand(1), elements,
            Access.Along(elements, [.. Enumerable.Range(0, rank)]), new(Name, output, Space.Sample)));
    }

    // A mask may have but the first of the axes.
    private static int[] Along(Value mask, int[] axes) => [.. axes.Take(mask.Shape.Rank)];

    private static Shape Scores(Shape query, Shape key) => query.WithLast(key[key.Rank - 2]);

    private static Shape Rows(Shape shape) => Shape.Of([.. shape.Axes.Take(shape.Rank - 1)]);

    // One number for all elements.
    private static Access One(Shape elements) => new(0, new int[elements.Rank]);
}
