namespace CompiledNets.Generator.Ops;

/// <summary>
/// For each element 0 with probability <see cref="Rate"/>, else 1 / (1 - rate); all ones in inference. Counter-based: the number of an element depends on seed, step, stream,
/// sample and element alone.
/// </summary>
internal sealed class DropoutMask(string layer, int stream, Shape shape, double rate, string outputName)
    : Op(layer, [], new Value(outputName, shape, Space.Sample) { Role = "mask" })
{
    /// <summary>The random numbers of each call are a stream of their own.</summary>
    public int Stream { get; } = stream;

    public double Rate { get; } = rate;

    public override void Differentiate(Gradients gradients)
    {
        // A mask depends on nothing.
    }

    public override void Evaluate(Evaluation evaluation)
    {
        if (evaluation.IsTraining && Rate > 0) throw new InvalidOperationException("The reference does not draw random numbers; evaluate dropout in inference.");
        double[] mask = evaluation.Make(Output);
        for (int i = 0; i < mask.Length; i++) mask[i] = 1;
    }
}
