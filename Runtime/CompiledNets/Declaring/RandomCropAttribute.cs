namespace CompiledNets;

/// <summary>
/// Takes a part of images (height, width, channels): in training one at a random place, the same for each image of a batch, as in Keras; in
/// inference the middle. From an image that is not larger along both sides, the middle is taken in training too, as
/// <see cref="CenterCropAttribute"/> takes it.
/// </summary>
/// <param name="height">The height of the part; positive.</param>
/// <param name="width">The width of the part; positive.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property, AllowMultiple = true, Inherited = false)]
public sealed class RandomCropAttribute(int height, int width) : SpatialAttribute
{
    /// <summary>The height of the part.</summary>
    public int Height { get; } = height;

    /// <summary>The width of the part.</summary>
    public int Width { get; } = width;
}
