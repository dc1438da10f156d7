namespace CompiledNets;

/// <summary>
/// x / sqrt(mean(x²) + epsilon) · scale, with the mean over some axes of a sample. Weights: scale, of the shape of these axes, at first
/// ones.
/// </summary>
/// <param name="axis">The axes, the batch being 0. Default: -1, the last.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property, AllowMultiple = true, Inherited = false)]
public sealed class RMSNormalizationAttribute(params int[] axis) : LayerAttribute
{
    /// <summary>The axes, the batch being 0. Default: -1, the last.</summary>
    public int[] Axis { get; } = axis.Length == 0 ? [-1] : axis;

    /// <summary>Added to the mean of squares. Default: 0.000001.</summary>
    public double Epsilon { get; set; } = 1e-6;
}
