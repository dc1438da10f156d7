namespace CompiledNets;

/// <summary>
/// Brings each sample to mean 0 and variance 1 over some axes, then scales by gamma and shifts by beta. Weights: gamma, beta, each of the
/// shape of these axes.
/// </summary>
/// <param name="axis">The axes, the batch being 0. Default: -1, the last.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property, AllowMultiple = true, Inherited = false)]
public sealed class LayerNormalizationAttribute(params int[] axis) : CenterScaleAttribute
{
    /// <summary>The axes, the batch being 0. Default: -1, the last.</summary>
    public int[] Axis { get; } = axis.Length == 0 ? [-1] : axis;
}
