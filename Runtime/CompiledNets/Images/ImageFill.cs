namespace CompiledNets.Images;

/// <summary>What stands beside an image that was moved.</summary>
internal enum ImageFill
{
    /// <summary>A number.</summary>
    Constant,

    /// <summary>The outer pixels.</summary>
    Nearest,

    /// <summary>The image in a mirror: d c b a | a b c d | d c b a.</summary>
    Reflect,

    /// <summary>The image again.</summary>
    Wrap,
}
