namespace CompiledNets.Generator.Ops;

/// <summary>
/// Mean and (biased) variance over all samples and all axes along which the result repeats; in inference, and for a frozen layer, the
/// moving ones. Also moves the moving ones: moving = moving * momentum + batch * (1 - momentum). Every sample must be worked before
/// anything reads them.
/// </summary>
/// <param name="layer">Name of the layer.</param>
/// <param name="layerIndex">Its number, by which it is frozen.</param>
/// <param name="x">What is measured.</param>
/// <param name="movingMean">The moving mean.</param>
/// <param name="movingVariance">The moving variance.</param>
/// <param name="channels">How the moments meet the elements.</param>
/// <param name="momentum">What the moving moments keep.</param>
internal sealed class BatchMoments(string layer, int layerIndex, Value x, Value movingMean, Value movingVariance, Access channels,
    double momentum)
    : Op(layer, [x, movingMean, movingVariance],
        new Value(layer + "_mean", movingMean.Shape, Space.Shared) { Role = "mean" },
        new Value(layer + "_variance", movingMean.Shape, Space.Shared) { Role = "variance" },
        new Value(layer + "_weight", Shape.Of(1), Space.Sample) { Role = "share" })
{
    public int LayerIndex { get; } = layerIndex;

    public double Momentum { get; } = momentum;

    /// <summary>How the moments meet the elements.</summary>
    public Access Channels { get; } = channels;

    public Value X => Inputs[0];

    public Value Mean => Outputs[0];

    public Value Variance => Outputs[1];

    /// <summary>
    /// What an element of a sample counts in the mean: 1 / number of elements; zero for samples that only fill a block, and for all where
    /// the moments are the moving ones, which no sample changes.
    /// </summary>
    public Value ElementWeight => Outputs[2];

    /// <summary>Elements of a sample that meet one of the moments.</summary>
    public int ElementsPerChannel => X.Shape.Size / Mean.Shape.Size;

    /// <summary>Nothing: what reads the moments, <see cref="BatchScaling"/>, takes them along in its own gradient.</summary>
    public override void Differentiate(Gradients gradients)
    {
    }

    public override void Evaluate(Evaluation evaluation)
    {
        double[] mean = evaluation.Make(Mean), variance = evaluation.Make(Variance), weight = evaluation.Make(ElementWeight);
        double[] movingMean = evaluation[Inputs[1]], movingVariance = evaluation[Inputs[2]], x = evaluation[X];
        if (evaluation.UsesMovingMoments(LayerIndex))
        {
            movingMean.CopyTo(mean, 0);
            movingVariance.CopyTo(variance, 0);
            return;
        }

        int[] channels = Channels.Places(X.Shape);
        double n = (double)evaluation.Samples * ElementsPerChannel;
        weight.AsSpan().Fill(1 / n);
        for (int i = 0; i < x.Length; i++) mean[channels[i % channels.Length]] += x[i] / n;
        for (int i = 0; i < x.Length; i++)
        {
            int c = channels[i % channels.Length];
            variance[c] += (x[i] - mean[c]) * (x[i] - mean[c]) / n;
        }

        for (int c = 0; c < mean.Length; c++)
        {
            movingMean[c] = (movingMean[c] * Momentum) + (mean[c] * (1 - Momentum));
            movingVariance[c] = (movingVariance[c] * Momentum) + (variance[c] * (1 - Momentum));
        }
    }

    protected override OpFacts MakeFacts() => new()
    {
        When = When.BlocksThenOnce,
        Writes = [1, 2],
        PartialSize = ElementsPerChannel == 1 ? 0 : 2 * Mean.Shape.Size,
        Work = X.Shape.Size,
    };
}
