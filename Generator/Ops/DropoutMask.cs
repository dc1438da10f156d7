namespace CompiledNets.Generator.Ops;

/// <summary>
/// For each element 0 with probability <see cref="Rate"/>, else 1 / (1 - rate); all ones in inference. Counter-based: the number of an element depends on seed, step, layer,
/// sample and element alone.
/// </summary>
internal sealed class DropoutMask(string layer, int layerIndex, Value like, double rate, string outputName)
    : Op(layer, [like], new Value(outputName, like.Shape, Space.Sample))
{
    public int LayerIndex { get; } = layerIndex;

    public double Rate { get; } = rate;

    public override void Differentiate(Gradients gradients)
    {
        // A mask does not depend on what it covers.
    }

    public override void Evaluate(Evaluation evaluation)
    {
        if (evaluation.IsTraining && Rate > 0) throw new InvalidOperationException("The reference does not draw random numbers; evaluate dropout in inference.");
        double[] mask = evaluation.Make(Output);
        for (int i = 0; i < mask.Length; i++) mask[i] = 1;
    }
}
