namespace CompiledNets.Generator.Ops;

/// <summary>What a window gives.</summary>
internal enum PoolKind
{
    /// <summary>The mean of its elements.</summary>
    Average,

    /// <summary>The largest, the first of several having the gradient. What is not a number is passed over.</summary>
    Max,

    /// <summary>The largest, several sharing the gradient evenly.</summary>
    SharedMax,
}

/// <summary>One number for each channel of each window.</summary>
internal sealed class Pool : Op
{
    /// <param name="layer">Name of the layer.</param>
    /// <param name="kind">What a window gives.</param>
    /// <param name="x">What is read: axes, then channels.</param>
    /// <param name="axes">How each axis but the channels is pooled.</param>
    /// <param name="hasWinner">Whether a second result has the place of each window's largest, counted over the axes.</param>
    /// <param name="outputName">Name of the result.</param>
    public Pool(string layer, PoolKind kind, Value x, IReadOnlyList<PooledAxis> axes, bool hasWinner, string outputName)
        : base(layer, [x], Results(x, axes, hasWinner, outputName)) => (Kind, Axes) = (kind, axes);

    public PoolKind Kind { get; }

    public IReadOnlyList<PooledAxis> Axes { get; }

    public override void Differentiate(Gradients gradients)
    {
        if (gradients.Of(Output) is not { } upstream || !gradients.IsNeeded(Inputs[0])) return;
        Value x = Inputs[0];
        if (Kind != PoolKind.SharedMax)
        {
            Value[] read = Kind == PoolKind.Max ? [upstream, Outputs[1]] : [upstream];
            gradients.Contribute(x, new PoolGradient(Layer, Kind, Axes, read, x.Gradient()));
            return;
        }

        Scalar isLargest = Scalar.IfGreaterOrEqual(Scalar.Operand(0), Scalar.Operand(1), 1, 0);
        int[] axes = [.. Enumerable.Range(0, Axes.Count)];
        var count = Reduce.Sum(Layer, [x, Output], isLargest, x.Shape, axes, Output.Name + "_count", "count");
        gradients.Append(count);
        gradients.Contribute(x, new Pointwise(Layer, [x, Output, upstream, count.Output],
            isLargest * (Scalar.Operand(2) / Scalar.Operand(3)), x.Gradient()));
    }

    public override void Evaluate(Evaluation evaluation)
    {
        double[] x = evaluation[Inputs[0]], y = evaluation.Make(Output);
        double[] winner = Outputs.Count > 1 ? evaluation.Make(Outputs[1]) : new double[y.Length];
        int channels = Inputs[0].Shape.Last, results = Output.Shape.Positions, places = Inputs[0].Shape.Positions;
        int[][] windows = Places([.. Axes.Select(axis => axis.Windows)], [.. Axes.Select(axis => axis.Size)]);
        for (int at = 0; at < y.Length; at++)
        {
            int[] window = windows[at / channels % results];
            int start = (at / channels / results * places * channels) + (at % channels);
            if (Kind == PoolKind.Average)
            {
                y[at] = window.Average(place => x[start + (place * channels)]);
                continue;
            }

            (y[at], winner[at]) = (double.NegativeInfinity, window[0]);
            foreach (int place in window)
                if (x[start + (place * channels)] > y[at]) (y[at], winner[at]) = (x[start + (place * channels)], place);
        }
    }

    protected override OpFacts MakeFacts() => new() { Work = Inputs[0].Shape.Size };

    /// <summary>For each result, in order, the places of its window, in order.</summary>
    public static int[][] Places(IReadOnlyList<Windows> windows, IReadOnlyList<int> sizes)
    {
        int[][] places = [[0]];
        for (int axis = 0; axis < windows.Count; axis++)
        {
            places = [.. places.SelectMany(_ => windows[axis].Runs, (outer, run) => Met(outer, run, sizes[axis]))];
        }

        return places;

        static int[] Met(int[] outer, (int First, int End) run, int size) =>
            [.. outer.SelectMany(_ => Enumerable.Range(run.First, Math.Max(0, run.End - run.First)), (place, i) => (place * size) + i)];
    }

    private static Value[] Results(Value x, IReadOnlyList<PooledAxis> axes, bool hasWinner, string name)
    {
        Shape shape = new(axes.Select(axis => axis.Count).Append(x.Shape.Last).ToArray());
        Value y = new(name, shape, Space.Sample);
        return hasWinner ? [y, new(name + "_winner", shape, Space.Sample) { Role = "winner" }] : [y];
    }
}

/// <summary>The gradient of a <see cref="Pool"/>: what each element gets of the windows that have it.</summary>
/// <param name="layer">Name of the layer.</param>
/// <param name="kind">What a window gave.</param>
/// <param name="axes">How each axis is pooled.</param>
/// <param name="read">The gradient of the results, and the winners where the largest was taken.</param>
/// <param name="output">The result.</param>
/// <param name="epilogue">
/// Applied to each result before it is stored, with what is read last beside it: the derivative of the activation below. Null for nothing.
/// </param>
internal sealed class PoolGradient(
    string layer, PoolKind kind, IReadOnlyList<PooledAxis> axes, IReadOnlyList<Value> read, Value output, Scalar? epilogue = null)
    : Op(layer, read, output)
{
    public Scalar? Epilogue { get; } = epilogue;

    /// <summary>The second operand of the epilogue.</summary>
    public Value? Beside => Epilogue is null ? null : Inputs[Inputs.Count - 1];

    public PoolKind Kind { get; } = kind;

    public IReadOnlyList<PooledAxis> Axes { get; } = axes;

    public override void Evaluate(Evaluation evaluation)
    {
        double[] dy = evaluation[Inputs[0]], dx = evaluation.Make(Output);
        double[]? winner = Kind == PoolKind.Max ? evaluation[Inputs[1]] : null;
        int channels = Output.Shape.Last, results = Inputs[0].Shape.Positions, places = Output.Shape.Positions;
        int[][] windows = Pool.Places([.. Axes.Select(axis => axis.Windows)], [.. Axes.Select(axis => axis.Size)]);
        for (int at = 0; at < dy.Length; at++)
        {
            int[] window = windows[at / channels % results];
            int start = (at / channels / results * places * channels) + (at % channels);
            if (winner is not null) dx[start + ((int)winner[at] * channels)] += dy[at];
            else foreach (int place in window) dx[start + (place * channels)] += dy[at] / window.Length;
        }

        if (Epilogue is null) return;
        ScalarEvaluation epilogue = new(Epilogue);
        double[] beside = evaluation[Beside!];
        for (int e = 0; e < dx.Length; e++) dx[e] = epilogue.Of([dx[e], beside[e]]);
    }
}
