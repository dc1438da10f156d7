namespace CompiledNets;

/// <summary>e^x, divided by the sum of all e^x along an axis, or along several taken together.</summary>
/// <param name="axis">The axes, the batch being 0. Default: -1, the last.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property, AllowMultiple = true, Inherited = false)]
public sealed class SoftmaxAttribute(params int[] axis) : LayerAttribute
{
    /// <summary>The axes, the batch being 0. Default: -1, the last.</summary>
    public int[] Axis { get; } = axis.Length == 0 ? [-1] : axis;

    /// <summary>
    /// Name of a node with a mask, larger than 0.5 where a number counts; others give 0. Its axes are those of the value from the last on,
    /// or have one element for all. Default: none.
    /// </summary>
    public string? Mask { get; set; }
}
