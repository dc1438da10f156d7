using SkiaSharp;

namespace CompiledNets.Plots;

/// <summary>Text as outlines: an SVG looks the same where the font is not there.</summary>
internal static class Ink
{
    /// <summary>Draws text beside a point, its capitals centred on it.</summary>
    /// <param name="canvas">Where to.</param>
    /// <param name="text">The text.</param>
    /// <param name="x">The point.</param>
    /// <param name="y">The point.</param>
    /// <param name="size">Size of the font.</param>
    /// <param name="color">Its colour.</param>
    /// <param name="isBold">Whether it is bold.</param>
    /// <param name="align">What lies left of the point: 0 for nothing, 0.5 for a half, 1 for all.</param>
    public static void Draw(SKCanvas canvas, string text, float x, float y, float size, SKColor color, bool isBold = false, float align = 0)
    {
        using SKFont font = PlotFonts.Of(size, isBold);
        using var paint = new SKPaint { Color = color, IsAntialias = true };
        using SKPath? outline = font.GetTextPath(text, new SKPoint(x - (align * font.MeasureText(text)), y + (font.Metrics.CapHeight / 2)));
        if (outline is not null) canvas.DrawPath(outline, paint);
    }

    /// <summary>How wide text is.</summary>
    public static float Width(string text, float size, bool isBold = false)
    {
        using SKFont font = PlotFonts.Of(size, isBold);
        return font.MeasureText(text);
    }
}
