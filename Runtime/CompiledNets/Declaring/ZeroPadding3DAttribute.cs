namespace CompiledNets;

/// <summary>Puts zeros around a sample (depth, height, width, channels), along depth, height and width.</summary>
/// <param name="padding">How many; not negative. One number is for all sides. Three numbers are for depth, height and width, six for
/// before and after along each. Default: 1.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property, AllowMultiple = true, Inherited = false)]
public sealed class ZeroPadding3DAttribute(params int[] padding) : SpatialAttribute
{
    /// <summary>How many zeros. Three numbers are for depth, height and width, six for before and after along each. Default: 1.</summary>
    public int[] Padding { get; } = padding.Length == 0 ? [1, 1, 1, 1, 1, 1] : padding;
}
