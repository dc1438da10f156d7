namespace CompiledNets;

/// <summary>How images are made larger or smaller, by the names that <see cref="ResizingAttribute"/> and others take.</summary>
public static class Interpolation
{
    /// <summary>The nearest pixel.</summary>
    public const string Nearest = "nearest";

    /// <summary>Linear between the centres of pixels, along both axes.</summary>
    public const string Bilinear = "bilinear";

    /// <summary>Keys's cubic with a = -1/2 through the centres of pixels, along both axes.</summary>
    public const string Bicubic = "bicubic";

    /// <summary>The mean over what a pixel covers. Not for <see cref="UpSampling2DAttribute"/>.</summary>
    public const string Area = "area";

    /// <summary>Lanczos's window of 3 pixels to each side. Not for <see cref="UpSampling2DAttribute"/>.</summary>
    public const string Lanczos3 = "lanczos3";

    /// <summary>Lanczos's window of 5 pixels to each side. Not for <see cref="UpSampling2DAttribute"/>.</summary>
    public const string Lanczos5 = "lanczos5";
}
