namespace CompiledNets.Metrics;

/// <summary>The mean of (output - target)². Its namesake in <see cref="CompiledNets"/> is the loss.</summary>
public sealed class MeanSquaredError : LossMetric
{
    /// <summary>Makes the metric.</summary>
    /// <param name="name">The name under which it stands in logs and history.</param>
    public MeanSquaredError(string name = "mean_squared_error")
        : base(new CompiledNets.MeanSquaredError(), name)
    {
    }
}
