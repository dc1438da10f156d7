using CompiledNets.Generator.Declaration;
using CompiledNets.Generator.Diagnostics;
using CompiledNets.Generator.Ops;
using CompiledNets.Generator.Passes;

namespace CompiledNets.Generator.Layers;

/// <summary>
/// Attention of several heads: query, key and value are projected to features of each head, and what the heads find is projected to the
/// output. In grouped-query attention several heads of the query share a key and a value.
/// </summary>
internal sealed record MultiHeadAttention : Layer
{
    /// <summary>What stands for scores that do not count, as in Keras.</summary>
    private const double Lowest = -1e9;

    private const string QueryWord = "query", KeyWord = "key", GateWord = "gate", ValueWord = "value", OutputWord = "attention_output";

    // Letters of the axes that projected values have beside those of the input: heads of the key, features of keys and values; heads of the
    // query are those of the key and those that share one.
    private const char KeyHeads = '1', KeyFeatures = '3', ValueFeatures = '4';

    private const string Heads = "12";

    public override string Type => IsGrouped ? "GroupedQueryAttention" : "MultiHeadAttention";

    /// <summary>It is grouped-query attention, which takes rows and features alone.</summary>
    public required bool IsGrouped { get; init; }

    /// <summary>Heads of the query.</summary>
    public required int NumHeads { get; init; }

    /// <summary>Heads of the query that share one of the key.</summary>
    public required int Shared { get; init; }

    public required int KeyDim { get; init; }

    public required int ValueDim { get; init; }

    public required double Dropout { get; init; }

    public required bool UseBias { get; init; }

    /// <summary>Whether what the heads find is multiplied by a sigmoid of the query.</summary>
    public required bool UseGate { get; init; }

    /// <summary>Shape of an output; empty for that of the query.</summary>
    public required EquatableArray<int> OutputShape { get; init; }

    /// <summary>The axes that are attended over, the batch being 0; empty for all but the features.</summary>
    public required EquatableArray<int> AttentionAxes { get; init; }

    /// <summary>Places that count, from that of the query on to both sides; 0 for all.</summary>
    public required int SlidingWindow { get; init; }

    public required bool UseCausalMask { get; init; }

    public required bool ReturnAttentionScores { get; init; }

    public required AttentionInputs Inputs { get; init; }

    public required string KernelInitializer { get; init; }

    public required string BiasInitializer { get; init; }

    public override IReadOnlyList<string> OutputNames => ReturnAttentionScores ? ["output", "attention_scores"] : ["output"];

    public override bool PenalizesInside => true;

    public override MaskRule Mask => MaskRule.Uses;

    public static MultiHeadAttention Resolve(Arguments arguments, bool isGrouped)
    {
        int heads = arguments.Positive(isGrouped ? "NumQueryHeads" : nameof(NumHeads)),
            dim = arguments.Positive(isGrouped ? "HeadDim" : nameof(KeyDim));
        int keyHeads = isGrouped ? arguments.Positive("NumKeyValueHeads") : heads;
        if (isGrouped && heads > 0 && keyHeads > 0)
            arguments.Number("NumQueryHeads", heads, value => value % keyHeads == 0,
                $"a multiple of NumKeyValueHeads, {Emit.CodeWriter.Int(keyHeads)}");
        return new()
        {
            Index = arguments.Index,
            Name = arguments.Name,
            Trainable = arguments.Trainable,
            IsGrouped = isGrouped,
            NumHeads = heads,
            Shared = keyHeads > 0 ? Math.Max(1, heads / keyHeads) : 1,
            KeyDim = dim,
            ValueDim = arguments.Int(nameof(ValueDim), 0) == 0 ? dim : arguments.Positive(nameof(ValueDim)),
            Dropout = arguments.Number(nameof(Dropout), 0, rate => rate is >= 0 and <= 1, "from 0 to 1"),
            UseBias = arguments.Bool(nameof(UseBias), true),
            UseGate = arguments.Bool(nameof(UseGate), false),
            OutputShape = arguments.PositiveInts(nameof(OutputShape)),
            AttentionAxes = arguments.Ints(nameof(AttentionAxes)),
            SlidingWindow = arguments.Int(nameof(SlidingWindow), 0) == 0 ? 0 : arguments.Positive(nameof(SlidingWindow)),
            UseCausalMask = arguments.Bool(nameof(UseCausalMask), false),
            ReturnAttentionScores = arguments.Bool(nameof(ReturnAttentionScores), false),
            Inputs = AttentionInputs.Of(arguments),
            KernelInitializer = arguments.Initializer(nameof(KernelInitializer), "glorot_uniform"),
            BiasInitializer = arguments.Initializer(nameof(BiasInitializer), "zeros"),
        };
    }

    public override IReadOnlyList<Shape>? InferShapes(IReadOnlyList<Shape> inputs, ShapeContext context)
    {
        if (!Inputs.HasCount(inputs.Count, context)) return null;
        Shape query = Inputs.Query(inputs), value = Inputs.Value(inputs), key = Inputs.Key(inputs);
        string? wrong = IsGrouped && query.Rank != 2 ? "the query needs rows and features, two axes beside the batch."
            : query.Rank < 2 ? "the query needs rows and features, two axes beside the batch at least."
            : value.Rank != query.Rank ? "query and value need as many axes."
            : !Rows(value).Equals(Rows(key)) ? "value and key need the same axes, features aside." : null;
        if (wrong is null && !AreRows(query, context)) return null;
        HeadAxes? axes = wrong is null ? AxesOf(query, value, key) : null;
        if (axes is not null && axes.Apart is { } apart)
            wrong = $"axis {Emit.CodeWriter.Int(apart + 1)}, which is not attended over, has different sizes.";
        if (wrong is not null)
        {
            context.Findings.Add(DiagnosticDescriptors.AttentionShapes.Id, context.Index, null, Name, query.ToString(), value.ToString(),
                key.ToString(), wrong);
            return null;
        }

        if ((UseCausalMask || SlidingWindow > 0) && axes!.Target.Length > 1)
        {
            string argument = UseCausalMask ? nameof(UseCausalMask) : nameof(SlidingWindow);
            context.Findings.Add(DiagnosticDescriptors.OutOfRange.Id, context.Index, argument, argument, Name,
                "left out where several axes are attended over", $"given for {Emit.CodeWriter.Int(axes.Target.Length)} of {query}.");
            return null;
        }

        if (!MasksFit(inputs, axes!, context)) return null;
        Shape output = OutputShape.Count == 0 ? query : Shape.Of([.. Rows(query).Axes, .. OutputShape]);
        return ReturnAttentionScores ? [output, axes!.Scores] : [output];
    }

    public override IEnumerable<Weight> Weights(IReadOnlyList<Shape> inputs)
    {
        Shape query = Inputs.Query(inputs);
        int keyHeads = NumHeads / Shared, output = OutputShape.Count == 0 ? query.Last : Shape.Of([.. OutputShape]).Size;
        IEnumerable<Weight> weights =
        [
            .. Projection(QueryWord, query.Last, NumHeads, KeyDim),
            .. Projection(KeyWord, Inputs.Key(inputs).Last, keyHeads, KeyDim),
            .. UseGate ? Projection(GateWord, query.Last, NumHeads, ValueDim) : [],
            .. Projection(ValueWord, Inputs.Value(inputs).Last, keyHeads, ValueDim),
        ];
        foreach (Weight weight in weights) yield return weight;
        int[] last = OutputShape.Count == 0 ? [query.Last] : [.. OutputShape];
        yield return new(OutputWord + "/kernel", Shape.Of([NumHeads, ValueDim, .. last]), KernelInitializer)
        {
            Columns = output,
            Fans = (NumHeads * ValueDim, output)
        };
        if (UseBias) yield return new(OutputWord + "/bias", Shape.Of(last), BiasInitializer) { Columns = 0, IsRow = true };
    }

    /// <summary>Rules of a kernel are those of all projections.</summary>
    protected override string WordOf(string weight) => weight.EndsWith("kernel", StringComparison.Ordinal) ? "Kernel" : "Bias";

    /// <summary>The mask of the query travels on.</summary>
    public override bool GivesMask(IReadOnlyList<bool> masked) => masked[0];

    public override Value? LowerMask(Lowering lowering, IReadOnlyList<Value> inputs) => lowering.MaskOf(Inputs.Query(inputs));

    public override IReadOnlyList<Value> Lower(Lowering lowering, IReadOnlyList<Value> inputs)
    {
        Value query = Inputs.Query(inputs), value = Inputs.Value(inputs), key = Inputs.Key(inputs);
        HeadAxes axes = AxesOf(query.Shape, value.Shape, key.Shape)!;
        Value? gate = UseGate
            ? lowering.Activate(Name, "sigmoid", Project(lowering, query, GateWord, axes.Rows + Heads + ValueFeatures, axes)) : null;
        Value ofQuery = Project(lowering, query, QueryWord, axes.Rows + Heads + KeyFeatures, axes);
        Value ofKey = Project(lowering, key, KeyWord, axes.Sources + KeyHeads + KeyFeatures, axes);
        Value ofValue = Project(lowering, value, ValueWord, axes.Sources + KeyHeads + ValueFeatures, axes);
        string letters = axes.Batch + Heads + axes.Target + axes.Source;
        Value scores = lowering.Add(
            axes.Letters.Product(Name, (ofQuery, axes.Rows + Heads + KeyFeatures), (ofKey, axes.Sources + KeyHeads + KeyFeatures),
            letters, KeyFeatures.ToString(), 1 / Math.Sqrt(KeyDim), new(Name + "_scores", axes.Scores, Space.Sample)));
        ScoreMask mask = MaskOf(lowering, inputs, axes);
        scores = mask.Apply(scores, _ => Lowest, "_masked_scores");
        Value weights = Softmax(lowering, scores, axes);
        // Keras's shorter way for rows and features alone leaves the mean of all values to rows for which no score counts.
        bool leavesMean = Dropout == 0 && !ReturnAttentionScores && query.Shape.Rank == 2;
        if (!leavesMean && !mask.AllowsSome) weights = mask.Apply(weights, _ => 0, "_masked_weights");
        Value kept = Layers.Dropout.Drop(lowering, Name, weights, Dropout, axes.Scores);
        string found = axes.Rows + Heads + ValueFeatures;
        Value heads = lowering.Add(
            axes.Letters.Product(Name, (kept, letters), (ofValue, axes.Sources + KeyHeads + ValueFeatures), found, axes.Source, 1,
            new(Name + "_heads", axes.Letters.ShapeOf(found), Space.Sample)));
        if (gate is not null)
            heads = lowering.Add(new Pointwise(Name, [heads, gate], Scalar.Operand(0) * Scalar.Operand(1), Name + "_gated"));
        Shape rows = Rows(query.Shape);
        Value joined = lowering.Add(Slice.Reshape(Name, heads, Shape.Of([.. rows.Axes, NumHeads * ValueDim]), Name + "_joined"));
        Value output = Contract(lowering, joined, OutputWord);
        if (OutputShape.Count > 1)
            output = lowering.Add(Slice.Reshape(Name, output, Shape.Of([.. rows.Axes, .. OutputShape]), Name + "_output"));
        return ReturnAttentionScores ? [output, weights] : [output];
    }

    private IEnumerable<Weight> Projection(string word, int features, int heads, int dim)
    {
        yield return new(word + "/kernel", Shape.Of(features, heads, dim), KernelInitializer)
        {
            Columns = heads * dim,
            Fans = (features, heads * dim)
        };
        if (UseBias) yield return new(word + "/bias", Shape.Of(heads, dim), BiasInitializer) { Columns = 0, IsRow = true };
    }

    private Value Project(Lowering lowering, Value x, string word, string letters, HeadAxes axes) =>
        lowering.Add(Slice.Reshape(Name, Contract(lowering, x, word), axes.Letters.ShapeOf(letters), $"{Name}_{word}_heads"));

    private Value Contract(Lowering lowering, Value x, string word)
    {
        Value y = lowering.Add(
            new Contraction(Name, x, lowering.Weight(word + "/kernel"), UseBias ? lowering.Weight(word + "/bias") : null,
            $"{Name}_{word}"));
        if (Activity is { } activity) lowering.Penalize(activity, y, Name);
        return y;
    }

    // Several axes that are attended over are one.
    private Value Softmax(Lowering lowering, Value scores, HeadAxes axes)
    {
        int count = axes.Source.Length, first = scores.Shape.Rank - count;
        if (count == 1) return lowering.Add(new Rowwise(Name, RowwiseKind.Softmax, scores, first, Name + "_weights"));
        Shape together = Shape.Of([.. scores.Shape.Axes.Take(first), axes.Letters.ShapeOf(axes.Source).Size]);
        Value joined = lowering.Add(Slice.Reshape(Name, scores, together, Name + "_together"));
        Value weights = lowering.Add(new Rowwise(Name, RowwiseKind.Softmax, joined, first, Name + "_softmax"));
        return lowering.Add(Slice.Reshape(Name, weights, scores.Shape, Name + "_weights"));
    }

    private ScoreMask MaskOf(Lowering lowering, IReadOnlyList<Value> inputs, HeadAxes axes)
    {
        ScoreMask mask = new(lowering, Name, axes.Scores);
        if (Inputs.Mask(inputs, "AttentionMask") is { } pairs) mask.Allow(pairs, axes.AccessOf("AttentionMask", pairs.Shape)!);
        foreach ((string argument, Value value) in new[] { ("QueryMask", Inputs.Query(inputs)), ("ValueMask", Inputs.Value(inputs)),
            ("KeyMask", Inputs.Key(inputs)) })
        {
            // Without a key of its own there is but the mask that is named for it.
            Value? rows = argument != "KeyMask" || Inputs.HasKey(inputs.Count) ? Inputs.MaskOf(lowering, inputs, argument, value)
                : Inputs.Mask(inputs, argument);
            if (rows is not null) mask.Allow(rows, axes.AccessOf(argument, rows.Shape)!);
        }

        int row = axes.Batch.Length + 1;
        if (UseCausalMask) mask.AllowBefore(row, row + 1);
        if (SlidingWindow > 0) mask.AllowNear(row, row + 1, SlidingWindow);
        return mask;
    }

    private bool MasksFit(IReadOnlyList<Shape> inputs, HeadAxes axes, ShapeContext context)
    {
        foreach (string argument in Inputs.Masks)
        {
            Shape shape = Inputs.Mask(inputs, argument)!;
            if (axes.AccessOf(argument, shape) is not null) continue;
            context.Findings.Add(DiagnosticDescriptors.MaskShape.Id, context.Index, argument, Name, argument, axes.Wanted(argument),
                shape.ToString());
            return false;
        }

        return true;
    }

    private HeadAxes AxesOf(Shape query, Shape value, Shape key) =>
        HeadAxes.Of(query, value, AttentionAxes.Count == 0 ? [.. Enumerable.Range(0, query.Rank - 1)]
            : ShapeContext.Normalize(AttentionAxes, query), NumHeads / Shared, Shared, KeyDim, ValueDim);

    // Whether the axes that are attended over are there, each once, and none of them the features.
    private bool AreRows(Shape query, ShapeContext context)
    {
        if (AttentionAxes.Count == 0) return true;
        if (context.AxesOf(AttentionAxes, query, nameof(AttentionAxes)) is not { } axes) return false;
        if (!axes.Contains(query.Rank - 1)) return true;
        context.Findings.Add(DiagnosticDescriptors.OutOfRange.Id, context.Index, nameof(AttentionAxes), nameof(AttentionAxes), Name,
            $"axes of rows: from 1 to {Emit.CodeWriter.Int(query.Rank - 1)}", $"{Emit.CodeWriter.Int(query.Rank)}, the features.");
        return false;
    }

    private static Shape Rows(Shape shape) => Shape.Of([.. shape.Axes.Take(shape.Rank - 1)]);
}
