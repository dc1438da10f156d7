namespace CompiledNets.Generator.Ops;

/// <summary>Elements at places of a larger value, and 0 beside them: y[place(e)] = x[e]. No two have one place.</summary>
/// <param name="layer">Name of the layer.</param>
/// <param name="x">What is read, element by element.</param>
/// <param name="elements">The elements.</param>
/// <param name="target">How the result meets them.</param>
/// <param name="output">The result.</param>
internal sealed class Spread(string layer, Value x, Shape elements, Access target, Value output) : Op(layer, [x], output)
{
    public Shape Elements { get; } = elements;

    public Access Target { get; } = target;

    public override void Differentiate(Gradients gradients)
    {
        if (gradients.Of(Output) is not { } upstream || !gradients.IsNeeded(Inputs[0])) return;
        Value gradient = Inputs[0].Gradient();
        if (Elements.Equals(gradient.Shape))
        {
            gradients.Contribute(Inputs[0], new Pointwise(Layer, [upstream], [Target], Scalar.Operand(0), gradient));
            return;
        }

        var read = new Pointwise(Layer, [upstream], [Target], Scalar.Operand(0),
            new Value(gradient.Name + "_elements", Elements, Space.Sample));
        gradients.Append(read);
        gradients.Contribute(Inputs[0], new Slice(Layer, read.Output, 1, 0, gradient));
    }

    public override void Evaluate(Evaluation evaluation)
    {
        double[] x = evaluation[Inputs[0]], y = evaluation.Make(Output);
        int[] places = Target.Places(Elements);
        for (int e = 0; e < x.Length; e++) y[(e / places.Length * Output.Shape.Size) + places[e % places.Length]] = x[e];
    }
}
