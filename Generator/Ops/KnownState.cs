namespace CompiledNets.Generator.Ops;

/// <summary>
/// What the batch before, or the step before of a stream, left: the runtime writes it before anything is worked; zeros at first.
/// </summary>
/// <param name="layer">Name of the layer.</param>
/// <param name="output">The state.</param>
internal sealed class KnownState(string layer, Value output) : Op(layer, [], output)
{
    public override void Differentiate(Gradients gradients)
    {
        // Gradients end at the border of a batch.
    }

    public override void Evaluate(Evaluation evaluation) => evaluation.Make(Output);

    protected override OpFacts MakeFacts() => new();
}
