namespace CompiledNets.Images;

/// <summary>What an augmentation does to an image.</summary>
internal enum AugmentationKind
{
    /// <summary>Mirrors it, or not.</summary>
    Flip,

    /// <summary>Moves it.</summary>
    Translation,

    /// <summary>Turns it around its middle.</summary>
    Rotation,

    /// <summary>Makes it larger or smaller around its middle, along each axis by itself.</summary>
    Zoom,

    /// <summary>Makes it larger or smaller around its middle, along both axes alike.</summary>
    EvenZoom,

    /// <summary>Moves numbers away from the mean of their channel, or towards it.</summary>
    Contrast,

    /// <summary>Adds a number.</summary>
    Brightness,

    /// <summary>Takes a part; the same part of each image of a batch.</summary>
    Crop,
}
