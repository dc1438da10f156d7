namespace CompiledNets.Generator.Ops;

/// <summary>
/// Weighted sums along an axis, the weights being numbers: y[p, o, i] = Σ w[o, k] x[p, first[o] + k, i]. Interpolation is one.
/// </summary>
/// <param name="layer">Name of the layer.</param>
/// <param name="x">What is read.</param>
/// <param name="axis">The axis, counted from 0 without the batch.</param>
/// <param name="weighting">The sums.</param>
/// <param name="output">The result.</param>
internal sealed class Resample(string layer, Value x, int axis, Weighting weighting, Value output) : Op(layer, [x], output)
{
    public Weighting Weighting { get; } = weighting;

    /// <summary>Elements of the axes before and behind it.</summary>
    public RowwiseLayout Layout { get; } = RowwiseLayout.Of(x.Shape, axis);

    public override void Differentiate(Gradients gradients)
    {
        if (gradients.Of(Output) is { } upstream && gradients.IsNeeded(Inputs[0]))
            gradients.Contribute(Inputs[0], new Resample(Layer, upstream, axis, Weighting.Transposed(), Inputs[0].Gradient()));
    }

    public override void Evaluate(Evaluation evaluation)
    {
        double[] x = evaluation[Inputs[0]], y = evaluation.Make(Output);
        double[] from = new double[Layout.Count], to = new double[Weighting.Count];
        foreach (RowwiseLayout.Row row in Layout.Rows(evaluation.Samples))
        {
            row.Read(x, from);
            for (int o = 0; o < to.Length; o++)
            {
                to[o] = 0;
                for (int k = 0; k < Weighting.Taps; k++)
                    to[o] += Weighting.Weights[(o * Weighting.Taps) + k] * from[Weighting.Firsts[o] + k];
            }

            row.Write(to, y);
        }
    }

    protected override OpFacts MakeFacts() => new() { Work = (long)Output.Shape.Size * Weighting.Taps };
}
