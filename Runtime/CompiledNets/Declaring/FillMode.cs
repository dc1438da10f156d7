namespace CompiledNets;

/// <summary>
/// What stands beside an image that was moved, by the names that <see cref="RandomTranslationAttribute"/> and its kin take.
/// </summary>
public static class FillMode
{
    /// <summary>The number <c>FillValue</c>.</summary>
    public const string Constant = "constant";

    /// <summary>The outer pixels: a a a | a b c d | d d d.</summary>
    public const string Nearest = "nearest";

    /// <summary>The image in a mirror: c b a | a b c d | d c b.</summary>
    public const string Reflect = "reflect";

    /// <summary>The image again: b c d | a b c d | a b c.</summary>
    public const string Wrap = "wrap";
}
