namespace CompiledNets.Generator.Ops;

/// <summary>
/// A value normalized by moments of the batch, scaled and shifted. Its gradient takes the moments along, which depend on all samples: with
/// the normalized x, the gradients of beta and gamma, dbeta = Σ dy and dgamma = Σ dy x, are all that it needs of the batch, and
/// dx = gamma / √(variance + ε) (dy - (dbeta + x dgamma) / n).
/// </summary>
internal sealed class BatchScaling : Pointwise
{
    private readonly BatchMoments moments;
    private readonly double epsilon;
    private readonly Value? gamma;
    private readonly Value? beta;

    /// <summary>Makes it.</summary>
    /// <param name="moments">What it is normalized by.</param>
    /// <param name="epsilon">What is added to the variance.</param>
    /// <param name="gamma">What it is scaled by; null for nothing.</param>
    /// <param name="beta">What it is shifted by; null for nothing.</param>
    /// <param name="inputs">Operands of the expression.</param>
    /// <param name="accesses">How they meet the elements.</param>
    /// <param name="expression">The result.</param>
    /// <param name="output">Where it goes.</param>
    public BatchScaling(BatchMoments moments, double epsilon, Value? gamma, Value? beta, IReadOnlyList<Value> inputs,
        IReadOnlyList<Access> accesses, Scalar expression, Value output)
        : base(moments.Layer, inputs, accesses, expression, output) =>
        (this.moments, this.epsilon, this.gamma, this.beta) = (moments, epsilon, gamma, beta);

    public override void Differentiate(Gradients gradients)
    {
        if (gradients.Of(Output) is not { } dy) return;
        Value x = moments.X;
        bool hasBeta = beta is not null && gradients.IsNeeded(beta), hasGamma = gamma is not null && gradients.IsNeeded(gamma);
        if (!hasBeta && !hasGamma && !gradients.IsNeeded(x)) return;
        var sums = new BatchScalingSums(moments, epsilon, dy);
        gradients.Append(sums);
        if (hasBeta) gradients.Contribute(beta!, sums.OfBeta);
        if (hasGamma) gradients.Contribute(gamma!, sums.OfGamma);
        if (!gradients.IsNeeded(x)) return;

        Access whole = Access.Whole(x.Shape), channels = moments.Channels;
        var operands = new List<Value> { x, moments.Mean, moments.Variance, dy, sums.OfBeta, sums.OfGamma, moments.ElementWeight };
        var accesses = new List<Access> { whole, channels, channels, whole, channels, channels, moments.Weights };
        Scalar factor = 1 / Scalar.Sqrt(Scalar.Operand(2) + epsilon), normalized = (Scalar.Operand(0) - Scalar.Operand(1)) * factor;
        // Where steps are counted the mean is Σ x / (n + 1e-7), so that distances from it do not add up to 0: the variance moves with it.
        if (moments.Mask is not null) normalized -= Scalar.Operand(1) * factor * (BatchMoments.LeastCount * Scalar.Operand(6));
        if (gamma is not null)
        {
            factor = Scalar.Operand(operands.Count) * factor;
            operands.Add(gamma);
            accesses.Add(channels);
        }

        Scalar mean = Scalar.Operand(6) * (Scalar.Operand(4) + (normalized * Scalar.Operand(5)));
        gradients.Contribute(x, new Pointwise(Layer, operands, accesses, factor * (Scalar.Operand(3) - mean), x.Gradient()));
    }
}
