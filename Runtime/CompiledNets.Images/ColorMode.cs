namespace CompiledNets.Images;

/// <summary>The colours of images: how many channels they have.</summary>
public enum ColorMode
{
    /// <summary>Red, green and blue: 3 channels. Opacity is dropped.</summary>
    Rgb,

    /// <summary>Red, green, blue and opacity: 4 channels.</summary>
    Rgba,

    /// <summary>Grey: 1 channel, 0.299 red + 0.587 green + 0.114 blue.</summary>
    Grayscale,
}
