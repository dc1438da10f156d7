namespace CompiledNets;

/// <summary>
/// Takes the middle of images (height, width, channels), as Keras's CenterCrop. From a smaller image the part that has the new ratio is
/// taken and resized.
/// </summary>
/// <param name="height">The height of the part; positive.</param>
/// <param name="width">The width of the part; positive.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property, AllowMultiple = true, Inherited = false)]
public sealed class CenterCropAttribute(int height, int width) : SpatialAttribute
{
    /// <summary>The height of the part.</summary>
    public int Height { get; } = height;

    /// <summary>The width of the part.</summary>
    public int Width { get; } = width;
}
