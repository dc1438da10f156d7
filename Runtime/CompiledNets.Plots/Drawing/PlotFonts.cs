using SkiaSharp;

namespace CompiledNets.Plots;

/// <summary>
/// The fonts of pictures. They lie in the package, because a system may have none, and so that pictures are the same everywhere.
/// </summary>
internal static class PlotFonts
{
    /// <summary>Name of the family.</summary>
    public const string Family = "DejaVu Sans";

    /// <summary>The regular face.</summary>
    public static SKTypeface Regular { get; } = Load("DejaVuSans.ttf");

    /// <summary>The bold face.</summary>
    public static SKTypeface Bold { get; } = Load("DejaVuSans-Bold.ttf");

    /// <summary>A font of a size, whose glyphs have the same width at every scale.</summary>
    public static SKFont Of(float size, bool isBold = false) => new(isBold ? Bold : Regular, size)
    {
        Subpixel = true,
        LinearMetrics = true,
        Hinting = SKFontHinting.None,
        Edging = SKFontEdging.Antialias,
    };

#pragma warning disable RS0030 // A resource of the own assembly is there under NativeAOT too.
    private static SKTypeface Load(string name)
    {
        using Stream stream = typeof(PlotFonts).Assembly.GetManifestResourceStream(name)!;
        using var data = SKData.Create(stream);
        return SKTypeface.FromData(data);
    }
#pragma warning restore RS0030
}
