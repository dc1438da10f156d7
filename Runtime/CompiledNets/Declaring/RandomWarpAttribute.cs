namespace CompiledNets;

/// <summary>A random change of images (height, width, channels) that moves their pixels; in inference images stay as they are.</summary>
public abstract class RandomWarpAttribute : SpatialAttribute
{
    private protected RandomWarpAttribute()
    {
    }

    /// <summary>What stands beside the image: a name of <see cref="CompiledNets.FillMode"/>. Default: reflect.</summary>
    public string FillMode { get; set; } = CompiledNets.FillMode.Reflect;

    /// <summary>How pixels are made of others: nearest or bilinear. Default: bilinear.</summary>
    public string Interpolation { get; set; } = CompiledNets.Interpolation.Bilinear;

    /// <summary>The number beside the image where <see cref="FillMode"/> is constant. Default: 0.</summary>
    public double FillValue { get; set; }
}
