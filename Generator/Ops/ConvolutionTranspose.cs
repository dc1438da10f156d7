namespace CompiledNets.Generator.Ops;

/// <summary>
/// y[i, c] = Σ over taps t that reach i from a position o, and over n, of weights[t, c, n] x[o, n]: the input gradient of a convolution as
/// a layer of its own. The window is that of the convolution, whose image is the result and whose results are what is read; the weights
/// are (kernel..., channels of the result, channels of what is read).
/// </summary>
internal sealed class ConvolutionTranspose : Op
{
    public ConvolutionTranspose(string layer, Window window, Value x, Value weights, string outputName)
        : base(layer, [x, weights], new Value(outputName, ImageOf(window, weights), Space.Sample)) =>
        AsGradient = new(layer, window, Inputs, Output, null);

    /// <summary>The same as the input gradient of the convolution, which the kernels print.</summary>
    public ConvolutionInputGradient AsGradient { get; }

    public Window Window => AsGradient.Window;

    public Value X => Inputs[0];

    public Value Weights => Inputs[1];

    public override void Differentiate(Gradients gradients)
    {
        if (gradients.Of(Output) is not { } upstream) return;
        if (gradients.IsNeeded(Weights))
        {
            var op = new ConvolutionWeightGradient(Layer, Window, upstream, X, Weights, bias: null);
            gradients.Append(op);
            gradients.Contribute(Weights, op.Output);
        }

        if (gradients.IsNeeded(X)) gradients.Contribute(X, new Convolution(Layer, Window, [upstream, Weights], X.Gradient(), null));
    }

    public override void Evaluate(Evaluation evaluation) => AsGradient.Evaluate(evaluation);

    protected override OpFacts MakeFacts() => new() { Work = Convolution.WorkOf(Window, Output, X) };

    private static Shape ImageOf(Window window, Value weights) =>
        Shape.Of([.. window.Axes.Select(axis => axis.Size), weights.Shape[weights.Shape.Rank - 2]]);
}
