namespace CompiledNets;

/// <summary>The mean of each channel of a sample (steps, channels): (channels).</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property, AllowMultiple = true, Inherited = false)]
public sealed class GlobalAveragePooling1DAttribute : SpatialAttribute
{
    /// <summary>Whether the other axes stay, with size 1. Default: false.</summary>
    public bool KeepDims { get; set; }
}
