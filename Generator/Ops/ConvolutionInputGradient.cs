namespace CompiledNets.Generator.Ops;

/// <summary>dx[i, c] = Σ over taps t that reach i from a position o, and over filters n, of weights[t, c, n] dy[o, n].</summary>
internal sealed class ConvolutionInputGradient(
    string layer, Window window, IReadOnlyList<Value> inputs, Value output, Scalar? epilogue)
    : Op(layer, inputs, output)
{
    public Window Window { get; } = window;

    public Value Upstream => Inputs[0];

    public Value Weights => Inputs[1];

    /// <summary>
    /// Applied to each result before it is stored, with the second operand beside it: the derivative of the activation below. Null for
    /// nothing.
    /// </summary>
    public Scalar? Epilogue { get; } = epilogue;

    /// <summary>The second operand of the epilogue.</summary>
    public Value? Beside => Inputs.Count > 2 ? Inputs[2] : null;

    /// <summary>How it is worked with fewer products; null where it is worked directly.</summary>
    public Winograd? Winograd { get; init; }

    public override void Evaluate(Evaluation evaluation)
    {
        int channels = Output.Shape.Last, filters = Upstream.Shape.Last;
        int ownChannels = channels / Window.Groups, ownFilters = filters / Window.Groups;
        double[] g = evaluation[Upstream], w = evaluation[Weights], dx = evaluation.Make(Output);
        (int Position, int Tap, int Place)[] meetings = [.. Window.Meetings()];
        for (int s = 0; s < evaluation.Samples; s++)
        {
            foreach ((int position, int tap, int place) in meetings)
            {
                for (int c = 0; c < channels; c++)
                {
                    int first = c / ownChannels * ownFilters, weight = ((tap * ownChannels) + (c % ownChannels)) * filters;
                    double sum = 0;
                    for (int n = first; n < first + ownFilters; n++)
                        sum += w[weight + n] * g[(s * Upstream.Shape.Size) + (position * filters) + n];
                    dx[(s * Output.Shape.Size) + (place * channels) + c] += sum;
                }
            }
        }

        if (Epilogue is null) return;
        ScalarEvaluation epilogue = new(Epilogue);
        double[]? beside = Beside is null ? null : evaluation[Beside];
        for (int e = 0; e < dx.Length; e++) dx[e] = epilogue.Of([dx[e], beside?[e] ?? 0]);
    }

    protected override OpFacts MakeFacts() => new()
    {
        Work = Convolution.WorkOf(Window, Output, Upstream),
        PartialSize = Winograd?.Room ?? 0,
    };
}
