namespace CompiledNets.Generator.Ops;

/// <summary>
/// For each element 0 with probability <see cref="Rate"/>, else <see cref="Kept"/>; <see cref="Idle"/> for all in inference. Counter-based:
/// the number of an element depends on seed, step, stream, sample and element alone.
/// </summary>
internal sealed class DropoutMask(string layer, int stream, Shape shape, double rate, double kept, double idle, string outputName)
    : Op(layer, [], new Value(outputName, shape, Space.Sample) { Role = "mask" })
{
    /// <summary>The random numbers of each call are a stream of their own.</summary>
    public int Stream { get; } = stream;

    public double Rate { get; } = rate;

    /// <summary>What an element is that is not dropped.</summary>
    public double Kept { get; } = kept;

    /// <summary>What all elements are in inference.</summary>
    public double Idle { get; } = idle;

    public override void Differentiate(Gradients gradients)
    {
        // A mask depends on nothing.
    }

    public override void Evaluate(Evaluation evaluation)
    {
        double[] mask = evaluation.Make(Output);
        evaluation.Draw(Output, Stream, (place, fractions, i) => mask[place] = !evaluation.IsTraining ? Idle : fractions[i] >= (float)Rate
            ? Kept : 0);
    }
}
