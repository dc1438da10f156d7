namespace CompiledNets;

/// <summary>The square root of the mean of (output - target)², over all batches: no mean of roots.</summary>
public sealed class RootMeanSquaredError : LossMetric
{
    /// <summary>Makes the metric.</summary>
    /// <param name="name">The name under which it stands in logs and history.</param>
    public RootMeanSquaredError(string name = "root_mean_squared_error")
        : base(new MeanSquaredError(), name)
    {
    }

    /// <inheritdoc/>
    public override double Result => Math.Sqrt(base.Result);
}
