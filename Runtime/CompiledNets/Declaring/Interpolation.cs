namespace CompiledNets;

/// <summary>How images are made larger, by the names that <see cref="UpSampling2DAttribute"/> takes.</summary>
public static class Interpolation
{
    /// <summary>Each pixel is repeated.</summary>
    public const string Nearest = "nearest";

    /// <summary>Linear between the centres of pixels, along both axes.</summary>
    public const string Bilinear = "bilinear";

    /// <summary>Keys's cubic with a = -1/2 through the centres of pixels, along both axes.</summary>
    public const string Bicubic = "bicubic";
}
