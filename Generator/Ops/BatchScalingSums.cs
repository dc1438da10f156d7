namespace CompiledNets.Generator.Ops;

/// <summary>
/// What the gradient of a <see cref="BatchScaling"/> needs of the whole batch: for each channel Σ dy and Σ dy (x - mean) / √(variance + ε),
/// which are the gradients of beta and gamma. Every sample must be worked before anything reads them.
/// </summary>
/// <param name="moments">What x is normalized by.</param>
/// <param name="epsilon">What is added to the variance.</param>
/// <param name="dy">The gradient of the result.</param>
internal sealed class BatchScalingSums(BatchMoments moments, double epsilon, Value dy)
    : Op(moments.Layer, [moments.X, moments.Mean, moments.Variance, dy],
        new Value(moments.Layer + "_beta_gradient", moments.Mean.Shape, Space.Shared) { Role = "dbeta" },
        new Value(moments.Layer + "_gamma_gradient", moments.Mean.Shape, Space.Shared) { Role = "dgamma" })
{
    /// <summary>How channels meet the elements.</summary>
    public Access Channels { get; } = moments.Channels;

    /// <summary>The gradient of the result.</summary>
    public Value Upstream => Inputs[3];

    /// <summary>The normalized x, of the first three inputs.</summary>
    public Scalar Normalized { get; } =
        (Scalar.Operand(0) - Scalar.Operand(1)) * (1 / Scalar.Sqrt(Scalar.Operand(2) + epsilon));

    public Value OfBeta => Outputs[0];

    public Value OfGamma => Outputs[1];

    public override void Evaluate(Evaluation evaluation)
    {
        Shape elements = Upstream.Shape;
        int[] places = Channels.Places(elements);
        double[] ofBeta = evaluation.Make(OfBeta), ofGamma = evaluation.Make(OfGamma), dy = evaluation[Upstream];
        Access whole = Access.Whole(elements);
        new Elements(evaluation, [.. Inputs.Take(3)], [whole, Channels, Channels], Normalized, elements).Each((sample, element, value) =>
        {
            double upstream = dy[(sample * elements.Size) + element];
            ofBeta[places[element]] += upstream;
            ofGamma[places[element]] += upstream * value;
        });
    }

    protected override OpFacts MakeFacts() =>
        new() { When = When.BlocksThenOnce, PartialSize = 2 * OfBeta.Shape.Size, Work = Upstream.Shape.Size };
}
