namespace CompiledNets;

/// <summary>Makes a sample (height, width, channels) larger along height and width, by repetition or interpolation.</summary>
/// <param name="size">How many times; positive. One number is for all axes, two are for height and width. Default: 2.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property, AllowMultiple = true, Inherited = false)]
public sealed class UpSampling2DAttribute(params int[] size) : SpatialAttribute
{
    /// <summary>How many times. One number is for all axes, two are for height and width. Default: 2.</summary>
    public int[] Size { get; } = size.Length == 0 ? [2] : size;

    /// <summary>How pixels between others are made: a name of <see cref="CompiledNets.Interpolation"/>. Default: nearest.</summary>
    public string Interpolation { get; set; } = CompiledNets.Interpolation.Nearest;
}
