namespace CompiledNets;

/// <summary>
/// The largest number of each channel of a sample (steps, channels): (channels). Where several are the largest, they share the gradient
/// evenly.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property, AllowMultiple = true, Inherited = false)]
public sealed class GlobalMaxPooling1DAttribute : SpatialAttribute
{
    /// <summary>Whether the other axes stay, with size 1. Default: false.</summary>
    public bool KeepDims { get; set; }
}
