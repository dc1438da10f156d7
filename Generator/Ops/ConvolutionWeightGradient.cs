namespace CompiledNets.Generator.Ops;

/// <summary>
/// dw[t, c, n] = Σ over samples and positions o of x[place of t at o, c] dy[o, n], and for the bias the sum of dy[o, n]. Worked over
/// parameters: rows of w, one a tap and channel, are shared among threads.
/// </summary>
internal sealed class ConvolutionWeightGradient(string layer, Window window, Value x, Value upstream, IReadOnlyList<Value> outputs)
    : Op(layer, [x, upstream], [.. outputs])
{
    public ConvolutionWeightGradient(string layer, Window window, Value x, Value upstream, Value weights, Value? bias)
        : this(layer, window, x, upstream, bias is null ? [weights.Gradient()] : [weights.Gradient(), bias.Gradient()])
    {
    }

    public Window Window { get; } = window;

    public Value X => Inputs[0];

    /// <summary>The gradient of the convolution's result; the turned one where vectors run over filters.</summary>
    public Value Upstream => Inputs[1];

    public bool HasBias => Outputs.Count > 1;

    /// <summary>How it is worked with fewer products, all taps of a channel at once; null where it is worked directly.</summary>
    public Winograd? Winograd { get; init; }

    public override void Evaluate(Evaluation evaluation)
    {
        int channels = X.Shape.Last, filters = Upstream.Shape.Last;
        int ownChannels = channels / Window.Groups, ownFilters = filters / Window.Groups;
        double[] x = evaluation[X], g = evaluation[Upstream], dw = evaluation.Make(Output);
        (int Position, int Tap, int Place)[] meetings = [.. Window.Meetings()];
        for (int s = 0; s < evaluation.Samples; s++)
        {
            foreach ((int position, int tap, int place) in meetings)
            {
                for (int n = 0; n < filters; n++)
                {
                    int from = (s * X.Shape.Size) + (place * channels)
                        + (n / ownFilters * ownChannels), weight = (tap * ownChannels * filters) + n;
                    double upstream = g[(s * Upstream.Shape.Size) + (position * filters) + n];
                    for (int c = 0; c < ownChannels; c++) dw[weight + (c * filters)] += x[from + c] * upstream;
                }
            }
        }

        if (!HasBias) return;
        double[] db = evaluation.Make(Outputs[1]);
        for (int e = 0; e < g.Length; e++) db[e % filters] += g[e];
    }

    /// <summary>The same of the images of several steps, which are an axis in front.</summary>
    public ConvolutionWeightGradient OverSteps(int steps, Value x, Value upstream) =>
        new(Layer, new([new(steps, 1, 1, 1, 0, steps), .. Window.Axes], Window.Groups), x, upstream, Outputs);

    protected override OpFacts MakeFacts() => new() { When = When.Rows, Work = Convolution.WorkOf(Window, X, Upstream) };
}
