namespace CompiledNets;

/// <summary>Makes a sample (depth, height, width, channels) larger along depth, height and width: repeats each element.</summary>
/// <param name="size">How many times; positive. One number is for all axes, three are for depth, height and width. Default: 2.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property, AllowMultiple = true, Inherited = false)]
public sealed class UpSampling3DAttribute(params int[] size) : SpatialAttribute
{
    /// <summary>How many times. One number is for all axes, three are for depth, height and width. Default: 2.</summary>
    public int[] Size { get; } = size.Length == 0 ? [2] : size;
}
