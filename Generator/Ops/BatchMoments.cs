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
/// <param name="mask">By step, the first axis, 1 where it is there, else 0, so that it is left out; null where all are there.</param>
internal sealed class BatchMoments(string layer, int layerIndex, Value x, Value movingMean, Value movingVariance, Access channels,
    double momentum, Value? mask = null)
    : Op(layer, mask is null ? [x, movingMean, movingVariance] : [x, movingMean, movingVariance, mask],
        new Value(layer + "_mean", movingMean.Shape, Space.Shared) { Role = "mean" },
        new Value(layer + "_variance", movingMean.Shape, Space.Shared) { Role = "variance" },
        new Value(layer + "_weight", Shape.Of(mask?.Shape.Size ?? 1), Space.Sample) { Role = "share" })
{
    /// <summary>What Keras adds to the number of elements that are there.</summary>
    public const double LeastCount = 1e-7;

    public int LayerIndex { get; } = layerIndex;

    public double Momentum { get; } = momentum;

    /// <summary>How the moments meet the elements.</summary>
    public Access Channels { get; } = channels;

    public Value X => Inputs[0];

    public Value Mean => Outputs[0];

    public Value Variance => Outputs[1];

    /// <summary>Which steps are there; null for all.</summary>
    public Value? Mask => Inputs.Count > 3 ? Inputs[3] : null;

    /// <summary>
    /// What an element of a sample, or of each of its steps, counts in the mean: 1 / number of elements; zero for samples that only fill a
    /// block, for steps that are not there, and for all where the moments are the moving ones, which no sample changes.
    /// </summary>
    public Value ElementWeight => Outputs[2];

    /// <summary>How it meets the elements.</summary>
    public Access Weights => Mask is null ? Access.Along(X.Shape) : Access.Along(X.Shape, 0);

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
        if (Mask is not null)
        {
            double[] mask = evaluation[Mask];
            n = (mask.Sum() * ElementsPerChannel / Mask.Shape.Size) + LeastCount;
            for (int i = 0; i < mask.Length; i++) weight[i] = mask[i] / n;
        }

        int[] weights = Weights.Places(X.Shape);
        double Share(int i) => weight[(i / channels.Length * ElementWeight.Shape.Size) + weights[i % channels.Length]];
        for (int i = 0; i < x.Length; i++) mean[channels[i % channels.Length]] += x[i] * Share(i);
        for (int i = 0; i < x.Length; i++)
        {
            int c = channels[i % channels.Length];
            variance[c] += (x[i] - mean[c]) * (x[i] - mean[c]) * Share(i);
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
        PartialSize = Mask is not null ? (2 * Mean.Shape.Size) + 1 : ElementsPerChannel == 1 ? 0 : 2 * Mean.Shape.Size,
        Work = X.Shape.Size,
    };
}
