namespace CompiledNets;

/// <summary>Cuts a sample (height, width, channels) along height and width.</summary>
/// <param name="cropping">How many elements go; not negative. One number is for all sides. Two numbers are for height and width, four for
/// top, bottom, left and right. Default: 0.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property, AllowMultiple = true, Inherited = false)]
public sealed class Cropping2DAttribute(params int[] cropping) : SpatialAttribute
{
    /// <summary>How many elements go. Two numbers are for height and width, four for top, bottom, left and right. Default: 0.</summary>
    public int[] Cropping { get; } = cropping.Length == 0 ? [0, 0, 0, 0] : cropping;
}
