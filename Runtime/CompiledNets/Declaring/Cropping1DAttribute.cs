namespace CompiledNets;

/// <summary>Cuts a sample (steps, channels) along steps.</summary>
/// <param name="cropping">How many elements go; not negative. One number is for all sides. Two numbers are before and after. Default:
/// 1.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property, AllowMultiple = true, Inherited = false)]
public sealed class Cropping1DAttribute(params int[] cropping) : SpatialAttribute
{
    /// <summary>How many elements go. Two numbers are before and after. Default: 1.</summary>
    public int[] Cropping { get; } = cropping.Length == 0 ? [1, 1] : cropping;
}
