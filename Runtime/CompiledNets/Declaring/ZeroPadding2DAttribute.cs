namespace CompiledNets;

/// <summary>Puts zeros around a sample (height, width, channels), along height and width.</summary>
/// <param name="padding">How many; not negative. One number is for all sides. Two numbers are for height and width, four for top, bottom,
/// left and right. Default: 1.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property, AllowMultiple = true, Inherited = false)]
public sealed class ZeroPadding2DAttribute(params int[] padding) : SpatialAttribute
{
    /// <summary>How many zeros. Two numbers are for height and width, four for top, bottom, left and right. Default: 1.</summary>
    public int[] Padding { get; } = padding.Length == 0 ? [1, 1] : padding;
}
