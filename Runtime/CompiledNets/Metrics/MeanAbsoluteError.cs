namespace CompiledNets.Metrics;

/// <summary>The mean of |output - target|. Its namesake in <see cref="CompiledNets"/> is the loss.</summary>
public sealed class MeanAbsoluteError : LossMetric
{
    /// <summary>Makes the metric.</summary>
    /// <param name="name">The name under which it stands in logs and history.</param>
    public MeanAbsoluteError(string name = "mean_absolute_error")
        : base(new CompiledNets.MeanAbsoluteError(), name)
    {
    }
}
