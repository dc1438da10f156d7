namespace CompiledNets;

/// <summary>Makes a sample (steps, channels) larger along steps: repeats each element.</summary>
/// <param name="size">How many times; positive. Default: 2.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property, AllowMultiple = true, Inherited = false)]
public sealed class UpSampling1DAttribute(params int[] size) : SpatialAttribute
{
    /// <summary>How many times. Default: 2.</summary>
    public int[] Size { get; } = size.Length == 0 ? [2] : size;
}
