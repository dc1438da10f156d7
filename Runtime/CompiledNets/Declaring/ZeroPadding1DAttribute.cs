namespace CompiledNets;

/// <summary>Puts zeros around a sample (steps, channels), along steps.</summary>
/// <param name="padding">How many; not negative. One number is for all sides. Two numbers are before and after. Default: 1.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property, AllowMultiple = true, Inherited = false)]
public sealed class ZeroPadding1DAttribute(params int[] padding) : SpatialAttribute
{
    /// <summary>How many zeros. Two numbers are before and after. Default: 1.</summary>
    public int[] Padding { get; } = padding.Length == 0 ? [1] : padding;
}
