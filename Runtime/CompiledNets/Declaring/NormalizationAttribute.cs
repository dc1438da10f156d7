namespace CompiledNets;

/// <summary>
/// (x - mean) / max(sqrt(variance), 1e-7) with a mean and a variance for each entry of the axis, learned from data by <c>Adapt</c>.
/// Weights, not trained: mean, variance.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property, AllowMultiple = true, Inherited = false)]
public sealed class NormalizationAttribute() : LayerAttribute
{
    /// <summary>The axis that keeps its own mean and variance, the batch being 0. Default: -1, the last.</summary>
    public int Axis { get; set; } = -1;
}
