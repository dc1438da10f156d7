namespace CompiledNets;

/// <summary>Divides each sample by its Euclidean length along some axes, at least 1e-12.</summary>
/// <param name="axis">The axes, the batch being 0. Default: -1, the last.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property, AllowMultiple = true, Inherited = false)]
public sealed class UnitNormalizationAttribute(params int[] axis) : LayerAttribute
{
    /// <summary>The axes, the batch being 0. Default: -1, the last.</summary>
    public int[] Axis { get; } = axis.Length == 0 ? [-1] : axis;
}
