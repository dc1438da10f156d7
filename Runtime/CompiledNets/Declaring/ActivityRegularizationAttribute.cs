namespace CompiledNets;

/// <summary>
/// Passes its input on, and adds a penalty on it to the loss: the mean over the samples of l1 * Σ |x| + l2 * Σ x². No weights.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property, AllowMultiple = true, Inherited = false)]
public sealed class ActivityRegularizationAttribute : LayerAttribute
{
    /// <summary>The factor of absolute values; not negative. Default: 0.</summary>
    public double L1 { get; set; }

    /// <summary>The factor of squares; not negative. Default: 0.</summary>
    public double L2 { get; set; }
}
