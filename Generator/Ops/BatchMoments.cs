namespace CompiledNets.Generator.Ops;

/// <summary>
/// Mean and (biased) variance over all samples and all axes along which the result repeats; in inference, and for a frozen layer, the moving ones. Also moves the moving
/// ones: moving = moving * momentum + batch * (1 - momentum). Every sample must be worked before anything reads them.
/// </summary>
internal sealed class BatchMoments(string layer, int layerIndex, Value x, Value movingMean, Value movingVariance, double momentum)
    : Op(layer, [x, movingMean, movingVariance],
        new Value(layer + "_mean", movingMean.Shape, Space.Shared),
        new Value(layer + "_variance", movingMean.Shape, Space.Shared),
        new Value(layer + "_weight", Shape.Scalar, Space.Sample))
{
    public int LayerIndex { get; } = layerIndex;

    public double Momentum { get; } = momentum;

    public Value X => Inputs[0];

    public Value Mean => Outputs[0];

    public Value Variance => Outputs[1];

    /// <summary>
    /// What an element of a sample counts in the mean: 1 / number of elements; zero for samples that only fill a block, and for all where the moments are the moving ones, which no
    /// sample changes.
    /// </summary>
    public Value ElementWeight => Outputs[2];

    /// <summary>How the moments meet the elements.</summary>
    public Broadcast Broadcast => Broadcast.Between(X.Shape, Mean.Shape);

    public override void Differentiate(Gradients gradients)
    {
        if (!gradients.IsNeeded(X) || gradients.Of(Mean) is not { } mean || gradients.Of(Variance) is not { } variance) return;
        // d mean / d x = 1/n, d variance / d x = 2 (x - mean) / n.
        Scalar x = Scalar.Operand(0), m = Scalar.Operand(1), dm = Scalar.Operand(2), dv = Scalar.Operand(3), weight = Scalar.Operand(4);
        gradients.Contribute(X, new Pointwise(Layer, [X, Mean, mean, variance, ElementWeight], weight * (dm + (2 * (x - m) * dv)), X.Name + "_gradient_moments"));
    }

    public override void Evaluate(Evaluation evaluation)
    {
        double[] mean = evaluation.Make(Mean), variance = evaluation.Make(Variance), weight = evaluation.Make(ElementWeight);
        double[] movingMean = evaluation[Inputs[1]], movingVariance = evaluation[Inputs[2]];
        if (!evaluation.IsTraining)
        {
            movingMean.CopyTo(mean, 0);
            movingVariance.CopyTo(variance, 0);
            return;
        }

        Broadcast b = Broadcast;
        double n = (double)evaluation.Samples * b.Outer * b.Inner;
        weight.AsSpan().Fill(1 / n);
        double[] sums = mean;
        Pointwise.EvaluateElements(evaluation, [X], Scalar.Operand(0), X.Shape, mean, (_, _, f, value) => sums[f / b.Inner % b.Count] += value / n);
        Pointwise.EvaluateElements(evaluation, [X, Mean], Scalar.Operand(0) - Scalar.Operand(1), X.Shape, variance, (target, _, f, value) => target[f / b.Inner % b.Count] += value * value / n);
        for (int c = 0; c < mean.Length; c++)
        {
            movingMean[c] = (movingMean[c] * Momentum) + (mean[c] * (1 - Momentum));
            movingVariance[c] = (movingVariance[c] * Momentum) + (variance[c] * (1 - Momentum));
        }
    }
}
