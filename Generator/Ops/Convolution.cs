namespace CompiledNets.Generator.Ops;

/// <summary>
/// y[o, n] = bias[n] + Σ over taps t and channels c of weights[t, c, n] x[place of t at o, c]: a contraction over a window of the image,
/// whose places beyond the border count nothing. The weights are (kernel..., channels of a group, filters).
/// </summary>
internal sealed class Convolution : Op
{
    public Convolution(string layer, Window window, Value x, Value weights, Value? bias, int filters, string outputName)
        : base(layer, bias is null ? [x, weights] : [x, weights, bias],
            new Value(outputName, Shape.Of([.. window.Axes.Select(axis => axis.Count), filters]), Space.Sample)) => Window = window;

    public Convolution(string layer, Window window, IReadOnlyList<Value> inputs, Value output, Scalar? epilogue)
        : base(layer, inputs, output) => (Window, Epilogue) = (window, epilogue);

    public Window Window { get; }

    public Value X => Inputs[0];

    public Value Weights => Inputs[1];

    public Value? Bias => Packing is not null ? Packing.Bias : Inputs.Count > 2 ? Inputs[2] : null;

    /// <summary>What is added to each result, before the epilogue, where the kernel is packed; null for nothing.</summary>
    public Value? Beside => Packing is not null && Inputs.Count > 2 ? Inputs[2] : null;

    /// <summary>How its kernel is read; null where it is read as it lies.</summary>
    public Packing? Packing { get; init; }

    /// <summary>
    /// Applied to each result before it is stored; short, so that the kernel keeps its sums in registers. Null for nothing.
    /// </summary>
    public Scalar? Epilogue { get; }

    /// <summary>How it is worked with fewer products; null where it is worked directly.</summary>
    public Winograd? Winograd { get; init; }

    public override void Differentiate(Gradients gradients)
    {
        if (gradients.Of(Output) is not { } upstream) return;
        if (gradients.IsNeeded(Weights))
        {
            var op = new ConvolutionWeightGradient(Layer, Window, X, upstream, Weights, Bias);
            gradients.Append(op);
            gradients.Contribute(Weights, op.Outputs[0]);
            if (Bias is not null) gradients.Contribute(Bias, op.Outputs[1]);
        }

        if (gradients.IsNeeded(X))
            gradients.Contribute(X, new ConvolutionInputGradient(Layer, Window, [upstream, Weights], X.Gradient(), null));
    }

    public override void Evaluate(Evaluation evaluation)
    {
        int channels = X.Shape.Last, filters = Output.Shape.Last;
        int ownChannels = channels / Window.Groups, ownFilters = filters / Window.Groups;
        double[] x = evaluation[X], w = evaluation[Weights], y = evaluation.Make(Output);
        (int Position, int Tap, int Place)[] meetings = [.. Window.Meetings()];
        for (int s = 0; s < evaluation.Samples; s++)
        {
            foreach ((int position, int tap, int place) in meetings)
            {
                for (int n = 0; n < filters; n++)
                {
                    int from = (s * X.Shape.Size) + (place * channels)
                        + (n / ownFilters * ownChannels), weight = (tap * ownChannels * filters) + n;
                    double sum = 0;
                    for (int c = 0; c < ownChannels; c++) sum += w[weight + (c * filters)] * x[from + c];
                    y[(s * Output.Shape.Size) + (position * filters) + n] += sum;
                }
            }
        }

        double[]? bias = Bias is null ? null : evaluation[Bias], beside = Beside is null ? null : evaluation[Beside];
        ScalarEvaluation? epilogue = Epilogue is null ? null : new(Epilogue);
        for (int e = 0; e < y.Length; e++)
        {
            double sum = y[e] + (bias?[e % filters] ?? 0);
            if (Packing?.Scale is { } scale) sum = scale.Of(evaluation, e % filters, sum);
            sum += beside?[e] ?? 0;
            y[e] = epilogue is null ? sum : epilogue.Of([sum]);
        }
    }

    protected override OpFacts MakeFacts() => new() { Work = WorkOf(Window, X, Output), PartialSize = Winograd?.Room ?? 0 };

    /// <summary>Multiply-adds of a convolution for one sample, the border counted as if it were inside.</summary>
    public static long WorkOf(Window window, Value x, Value y) => (long)y.Shape.Size * window.Taps * (x.Shape.Last / window.Groups);
}
