namespace CompiledNets;

/// <summary>Resizes images (height, width, channels) along height and width, as Keras's Resizing.</summary>
/// <param name="height">The new height; positive.</param>
/// <param name="width">The new width; positive.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property, AllowMultiple = true, Inherited = false)]
public sealed class ResizingAttribute(int height, int width) : SpatialAttribute
{
    /// <summary>The new height.</summary>
    public int Height { get; } = height;

    /// <summary>The new width.</summary>
    public int Width { get; } = width;

    /// <summary>How pixels are made of others: a name of <see cref="CompiledNets.Interpolation"/>. Default: bilinear.</summary>
    public string Interpolation { get; set; } = CompiledNets.Interpolation.Bilinear;

    /// <summary>Whether the part in the middle that has the new ratio is taken, so that nothing is distorted. Default: false.</summary>
    public bool CropToAspectRatio { get; set; }

    /// <summary>
    /// Whether a frame that has the new ratio is filled up, so that nothing is distorted and nothing lost. Default: false.
    /// </summary>
    public bool PadToAspectRatio { get; set; }

    /// <summary>What the frame is filled with. Default: 0.</summary>
    public double FillValue { get; set; }

    /// <summary>Whether smaller images are made of all pixels, so that fine patterns do not make coarse ones. Default: false.</summary>
    public bool Antialias { get; set; }
}
