namespace CompiledNets;

/// <summary>How images are mirrored, by the names that <see cref="RandomFlipAttribute"/> takes.</summary>
public static class FlipMode
{
    /// <summary>Left and right change places.</summary>
    public const string Horizontal = "horizontal";

    /// <summary>Above and below change places.</summary>
    public const string Vertical = "vertical";

    /// <summary>Both change places, together.</summary>
    public const string HorizontalAndVertical = "horizontal_and_vertical";
}
