namespace CompiledNets;

/// <summary>
/// How often outputs are right. Given to <c>Compile</c> it is what the string <c>"accuracy"</c> is: the shapes of targets and outputs tell
/// whether answers are yes or no (cut at 0.5), class numbers or one-hot. On its own, without a network, it counts outputs that equal their
/// target exactly, as Keras's class does.
/// </summary>
public sealed class Accuracy : MeanMetric
{
    private TargetKind? kind;

    /// <summary>Makes the metric.</summary>
    /// <param name="name">The name under which it stands in logs and history.</param>
    public Accuracy(string name = "accuracy")
        : base(name)
    {
    }

    /// <inheritdoc/>
    public override MetricDirection Direction => MetricDirection.Up;

    /// <inheritdoc/>
    protected override bool TakesClassNumbers => kind == TargetKind.SparseCategorical;

    /// <inheritdoc/>
    protected internal override void Prepare(ReadOnlySpan<int> targetShape, ReadOnlySpan<int> outputShape)
    {
        kind = TargetKinds.Of(targetShape, outputShape);
        base.Prepare(targetShape, outputShape);
    }

    /// <inheritdoc/>
    protected override double Evaluate(ReadOnlySpan<float> target, ReadOnlySpan<float> output) => kind switch
    {
        TargetKind.Binary => BinaryAccuracy.Of(target, output, 0.5f),
        TargetKind.SparseCategorical => SparseCategoricalAccuracy.Of(target, output),
        TargetKind.Categorical => CategoricalAccuracy.Of(target, output),
        _ => Equal(target, output),
    };

    private static double Equal(ReadOnlySpan<float> target, ReadOnlySpan<float> output)
    {
        int equal = 0;
        for (int i = 0; i < output.Length; i++) equal += output[i] == target[i] ? 1 : 0;
        return (double)equal / output.Length;
    }
}
