using System.Globalization;
using CompiledNets.Files;
using SkiaSharp;

namespace CompiledNets.Plots;

/// <summary>Pictures in files: PNG or SVG, as the ending says.</summary>
internal static class PictureFile
{
    /// <summary>Checks an ending.</summary>
    /// <exception cref="ArgumentException">It is neither .png nor .svg.</exception>
    public static void Check(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (Path.GetExtension(path).ToLowerInvariant() is ".png" or ".svg") return;
        throw new ArgumentException($"Expected a file that ends in .png or .svg. Received: \"{path}\"", nameof(path));
    }

    /// <summary>Writes a picture; one that is there is replaced when the new one is complete.</summary>
    /// <param name="path">The file.</param>
    /// <param name="width">Its width, at a scale of 1.</param>
    /// <param name="height">Its height.</param>
    /// <param name="scale">Pixels of a PNG for each unit.</param>
    /// <param name="draw">Draws it, in units.</param>
    /// <exception cref="ArgumentException">The ending is neither, or the picture would be larger than a picture can be.</exception>
    public static void Write(string path, float width, float height, float scale, Action<SKCanvas> draw)
    {
        Check(path);
        AtomicFile.Write(path, stream =>
        {
            if (Path.GetExtension(path).Equals(".svg", StringComparison.OrdinalIgnoreCase)) WriteSvg(stream, width, height, draw);
            else WritePng(stream, path, width, height, scale, draw);
        });
    }

    private static void WriteSvg(Stream stream, float width, float height, Action<SKCanvas> draw)
    {
        using SKCanvas canvas = SKSvgCanvas.Create(SKRect.Create(width, height), stream);
        draw(canvas);
    }

    private static void WritePng(Stream stream, string path, float width, float height, float scale, Action<SKCanvas> draw)
    {
        var info = new SKImageInfo(
            (int)MathF.Ceiling(width * scale), (int)MathF.Ceiling(height * scale), SKColorType.Rgba8888, SKAlphaType.Premul);
        using SKSurface? surface = SKSurface.Create(info);
        if (surface is null)
        {
            string size = string.Create(CultureInfo.InvariantCulture, $"{info.Width} x {info.Height}");
            throw new ArgumentException(
                $"A picture of {size} pixels is larger than can be drawn. Take fewer dots per inch, or a file that ends in .svg: {path}",
                nameof(path));
        }

        surface.Canvas.Clear(SKColors.White);
        surface.Canvas.Scale(scale);
        draw(surface.Canvas);
        using SKImage image = surface.Snapshot();
        using SKData data = image.Encode(SKEncodedImageFormat.Png, 100);
        data.SaveTo(stream);
    }
}
