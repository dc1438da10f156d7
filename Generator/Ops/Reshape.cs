namespace CompiledNets.Generator.Ops;

/// <summary>The same elements in the same order under another shape; costs nothing.</summary>
internal sealed class Reshape(string layer, Value x, Shape shape, string outputName) : Op(layer, [x], new Value(outputName, shape, Space.Sample))
{
    public override void Differentiate(Gradients gradients)
    {
        if (gradients.Of(Output) is { } upstream && gradients.IsNeeded(Inputs[0]))
            gradients.Contribute(Inputs[0], new Reshape(Layer, upstream, Inputs[0].Shape, Inputs[0].Name + "_gradient"));
    }

    public override void Evaluate(Evaluation evaluation) => evaluation[Output] = evaluation[Inputs[0]];
}
