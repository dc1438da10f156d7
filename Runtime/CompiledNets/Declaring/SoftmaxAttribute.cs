namespace CompiledNets;

/// <summary>e^x, divided by the sum of all e^x along an axis, or along several taken together.</summary>
/// <param name="axis">The axes, the batch being 0. Default: -1, the last.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property, AllowMultiple = true, Inherited = false)]
public sealed class SoftmaxAttribute(params int[] axis) : LayerAttribute
{
    /// <summary>The axes, the batch being 0. Default: -1, the last.</summary>
    public int[] Axis { get; } = axis.Length == 0 ? [-1] : axis;
}
