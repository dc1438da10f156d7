namespace CompiledNets.Generator.Ops;

/// <summary>
/// Runs of several values side by side: y[o] = x1[o], x2[o], ... for some rows. With one row its inputs may be made where they lie in it,
/// and it costs nothing.
/// </summary>
/// <param name="layer">Name of the layer.</param>
/// <param name="inputs">The values, in order.</param>
/// <param name="outer">Rows of each.</param>
/// <param name="output">The result.</param>
internal sealed class Concatenate(string layer, IReadOnlyList<Value> inputs, int outer, Value output) : Op(layer, inputs, output)
{
    /// <summary>Rows.</summary>
    public int Outer { get; } = outer;

    /// <summary>Elements of a row of an input.</summary>
    public int Run(int input) => Inputs[input].Shape.Size / Outer;

    /// <summary>Where the run of an input begins in a row of the output.</summary>
    public int Start(int input) => Enumerable.Range(0, input).Sum(Run);

    public override void Differentiate(Gradients gradients)
    {
        if (gradients.Of(Output) is not { } upstream) return;
        for (int i = 0; i < Inputs.Count; i++)
        {
            if (!gradients.IsNeeded(Inputs[i])) continue;
            gradients.Contribute(Inputs[i], new Slice(Layer, upstream, Outer, Start(i), Inputs[i].Gradient()));
        }
    }

    public override void Evaluate(Evaluation evaluation)
    {
        double[] y = evaluation.Make(Output);
        int row = Output.Shape.Size / Outer;
        for (int i = 0; i < Inputs.Count; i++)
        {
            double[] x = evaluation[Inputs[i]];
            for (int r = 0; r < x.Length / Run(i); r++) Array.Copy(x, r * Run(i), y, (r * row) + Start(i), Run(i));
        }
    }

    protected override OpFacts MakeFacts() => new()
    {
        Work = Output.Shape.Size,
        PartsOfOutput = Outer == 1 ? [.. Enumerable.Range(0, Inputs.Count).Select(Start)] : null,
    };
}
