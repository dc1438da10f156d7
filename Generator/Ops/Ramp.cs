namespace CompiledNets.Generator.Ops;

/// <summary>The numbers 0, 1, 2, ...: what elements tell their place by, as in a causal mask.</summary>
internal sealed class Ramp(string layer, int count, string outputName)
    : Op(layer, [], new Value(outputName, Shape.Of(count), Space.Sample) { Role = "place" })
{
    public override void Differentiate(Gradients gradients)
    {
        // Places depend on nothing.
    }

    public override void Evaluate(Evaluation evaluation)
    {
        double[] places = evaluation.Make(Output);
        for (int i = 0; i < places.Length; i++) places[i] = i % Output.Shape.Size;
    }
}
