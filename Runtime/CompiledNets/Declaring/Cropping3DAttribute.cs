namespace CompiledNets;

/// <summary>Cuts a sample (depth, height, width, channels) along depth, height and width.</summary>
/// <param name="cropping">How many elements go; not negative. One number is for all sides. Three numbers are for depth, height and width,
/// six for before and after along each. Default: 1.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property, AllowMultiple = true, Inherited = false)]
public sealed class Cropping3DAttribute(params int[] cropping) : SpatialAttribute
{
    /// <summary>
    /// How many elements go. Three numbers are for depth, height and width, six for before and after along each. Default: 1.
    /// </summary>
    public int[] Cropping { get; } = cropping.Length == 0 ? [1, 1, 1, 1, 1, 1] : cropping;
}
