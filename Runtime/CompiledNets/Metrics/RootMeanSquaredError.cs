namespace CompiledNets;

/// <summary>The square root of the mean of (output - target)², over all batches: no mean of roots.</summary>
public sealed class RootMeanSquaredError : MeanMetric
{
    /// <summary>Makes the metric.</summary>
    /// <param name="name">The name under which it stands in logs and history.</param>
    public RootMeanSquaredError(string name = "root_mean_squared_error")
        : base(name)
    {
    }

    /// <inheritdoc/>
    public override double Result => Math.Sqrt(base.Result);

    /// <inheritdoc/>
    public override MetricDirection Direction => MetricDirection.Down;

    /// <inheritdoc/>
    internal override bool LeavesMaskedOut => false;

    /// <inheritdoc/>
    protected override double Evaluate(ReadOnlySpan<float> target, ReadOnlySpan<float> output)
    {
        double sum = 0;
        for (int i = 0; i < output.Length; i++)
        {
            double error = (double)output[i] - target[i];
            sum += error * error;
        }

        return sum / output.Length;
    }
}
