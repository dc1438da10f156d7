namespace CompiledNets.Generator.Ops;

/// <summary>The gradient of a <see cref="Slice"/>: y[o, start + i] = x[o, i], and 0 beside it.</summary>
internal sealed class Spread(string layer, Value x, int outer, int start, Value output) : Op(layer, [x], output)
{
    /// <summary>Rows.</summary>
    public int Outer { get; } = outer;

    /// <summary>First element of a row.</summary>
    public int Start { get; } = start;

    /// <summary>Elements of a row of the input.</summary>
    public int Run => Inputs[0].Shape.Size / Outer;

    /// <summary>Elements of a row of the output.</summary>
    public int To => Output.Shape.Size / Outer;

    public override void Differentiate(Gradients gradients)
    {
        if (gradients.Of(Output) is { } upstream && gradients.IsNeeded(Inputs[0]))
            gradients.Contribute(Inputs[0], new Slice(Layer, upstream, Outer, Start, Inputs[0].Gradient()));
    }

    public override void Evaluate(Evaluation evaluation)
    {
        double[] x = evaluation[Inputs[0]], y = evaluation.Make(Output);
        for (int row = 0; row < x.Length / Run; row++) Array.Copy(x, row * Run, y, (row * To) + Start, Run);
    }
}
