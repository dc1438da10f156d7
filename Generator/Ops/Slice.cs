namespace CompiledNets.Generator.Ops;

/// <summary>
/// A run of elements of each of some rows: y[o, i] = x[o, start + i]. With one row it is a part of its input, and so is a change of shape;
/// neither costs anything.
/// </summary>
/// <param name="layer">Name of the layer.</param>
/// <param name="x">What is read.</param>
/// <param name="outer">Rows.</param>
/// <param name="start">First element of a row.</param>
/// <param name="output">The result, with as many rows.</param>
internal sealed class Slice(string layer, Value x, int outer, int start, Value output) : Op(layer, [x], output)
{
    /// <summary>Rows.</summary>
    public int Outer { get; } = outer;

    /// <summary>First element of a row.</summary>
    public int Start { get; } = start;

    /// <summary>Elements of a row of the input.</summary>
    public int From => Inputs[0].Shape.Size / Outer;

    /// <summary>Elements of a row of the output.</summary>
    public int Run => Output.Shape.Size / Outer;

    /// <summary>The same elements under another shape.</summary>
    public static Slice Reshape(string layer, Value x, Shape shape, string outputName) =>
        new(layer, x, 1, 0, new(outputName, shape, x.Space));

    public override void Differentiate(Gradients gradients)
    {
        if (gradients.Of(Output) is not { } upstream || !gradients.IsNeeded(Inputs[0])) return;
        Value x = Inputs[0];
        gradients.Contribute(x, Run == From
            ? new Slice(Layer, upstream, 1, 0, x.Gradient())
            : new Spread(Layer, upstream, Shape.Of(Outer, Run), new(Start, new[] { From, 1 }), x.Gradient()));
    }

    public override void Evaluate(Evaluation evaluation)
    {
        double[] x = evaluation[Inputs[0]], y = evaluation.Make(Output);
        for (int row = 0; row < y.Length / Run; row++) Array.Copy(x, (row * From) + Start, y, row * Run, Run);
    }

    protected override OpFacts MakeFacts() => new() { PartOfInput = Outer == 1 ? Start : null, Work = Outer == 1 ? 0 : Output.Shape.Size };
}
