namespace CompiledNets.Generator.Ops;

/// <summary>
/// For each element a normal random number; the mean for all in inference. Counter-based: the number of an element depends on seed, step,
/// stream, sample and element alone.
/// </summary>
internal sealed class NormalNumbers(string layer, int stream, Shape shape, double mean, double deviation, string outputName)
    : Op(layer, [], new Value(outputName, shape, Space.Sample) { Role = "noise" })
{
    /// <summary>The random numbers of each call are a stream of their own.</summary>
    public int Stream { get; } = stream;

    public double Mean { get; } = mean;

    /// <summary>The standard deviation.</summary>
    public double Deviation { get; } = deviation;

    public override void Differentiate(Gradients gradients)
    {
        // A random number depends on nothing.
    }

    // Box and Muller: a radius of one number and an angle of the next give two.
    public override void Evaluate(Evaluation evaluation)
    {
        double[] noise = evaluation.Make(Output);
        evaluation.Draw(Output, Stream, (place, fractions, i) =>
        {
            double radius = Math.Sqrt(-2 * Math.Log(1 - fractions[i & 2])), angle = 2 * Math.PI * fractions[(i & 2) + 1];
            noise[place] = Mean + (evaluation.IsTraining ? Deviation * radius * ((i & 1) == 0 ? Math.Cos(angle) : Math.Sin(angle)) : 0);
        });
    }
}
