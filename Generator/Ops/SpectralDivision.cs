namespace CompiledNets.Generator.Ops;

/// <summary>
/// Divides a weight by its largest singular value, in training: with W of (rows, last axis), v = W u / ‖W u‖ and u = v W / ‖v W‖ a few
/// times (power iteration), then W /= v W · u; u is kept for the next step. Norms are at least 1e-7. A weight for which v W · u is 0, such
/// as one of zeros, stays.
/// </summary>
/// <param name="layer">Name of the layer.</param>
/// <param name="weight">The weight.</param>
/// <param name="u">The right singular vector, as far as it is known.</param>
/// <param name="iterations">How often it is made better.</param>
internal sealed class SpectralDivision(string layer, Value weight, Value u, int iterations)
    : Op(layer, [weight, u],
        new Value(layer + "_vector_v", Shape.Of(weight.Shape.Size / weight.Shape.Last), Space.Shared) { Role = "v" },
        new Value(layer + "_next_u", Shape.Of(weight.Shape.Last), Space.Shared) { Role = "next" })
{
    /// <summary>Norms are at least this: Keras's epsilon.</summary>
    public const double LeastNorm = 1e-7;

    public Value Weight => Inputs[0];

    public Value U => Inputs[1];

    public Value V => Outputs[0];

    /// <summary>The next u, until it is known that the weight is divided.</summary>
    public Value Next => Outputs[1];

    public int Iterations { get; } = iterations;

    /// <summary>As in Keras the weight is a variable that is assigned: its gradient is that of what it holds afterwards.</summary>
    public override void Differentiate(Gradients gradients)
    {
    }

    public override void Evaluate(Evaluation evaluation)
    {
        if (!evaluation.IsTraining) return;
        double[] w = evaluation[Weight], v = evaluation.Make(V), next = evaluation.Make(Next);
        evaluation[U].CopyTo(next, 0);
        int columns = next.Length;
        double sigma = 0;
        for (int i = 0; i < Iterations; i++)
        {
            for (int k = 0; k < v.Length; k++) v[k] = Enumerable.Range(0, columns).Sum(n => w[(k * columns) + n] * next[n]);
            Normalize(v);
            for (int n = 0; n < columns; n++) next[n] = Enumerable.Range(0, v.Length).Sum(k => v[k] * w[(k * columns) + n]);
            double norm = Normalize(next);
            sigma = norm * norm / Math.Max(norm, LeastNorm);
        }

        if (sigma == 0) return;
        for (int i = 0; i < w.Length; i++) w[i] /= sigma;
        next.CopyTo(evaluation[U], 0);
    }

    protected override OpFacts MakeFacts() => new() { When = When.Once, Writes = [0, 1], Work = 0 };

    // Brings a vector to length 1, and gives the length it had.
    private static double Normalize(double[] vector)
    {
        double norm = Math.Sqrt(vector.Sum(x => x * x));
        for (int i = 0; i < vector.Length; i++) vector[i] /= Math.Max(norm, LeastNorm);
        return norm;
    }
}
