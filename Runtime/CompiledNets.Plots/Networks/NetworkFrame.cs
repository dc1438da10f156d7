using SkiaSharp;

namespace CompiledNets.Plots;

/// <summary>A network in a network, with the picture of its layers in a dashed frame.</summary>
internal sealed class NetworkFrame(string name, NetworkPicture picture) : PictureBlock
{
    private const float Padding = 18, TitleHeight = 30, TitleSize = 13, Corner = 8;

    public override SKSize Size { get; } = new(
        Math.Max(picture.Size.Width, TitleWidth(name)) + (2 * Padding), picture.Size.Height + TitleHeight + Padding);

    public override void Draw(SKCanvas canvas, float x, float y)
    {
        using var dashes = SKPathEffect.CreateDash([5, 4], 0);
        using var ground = new SKPaint { Color = new SKColor(0xF7, 0xF5, 0xFA), IsAntialias = true };
        using var line = new SKPaint
        {
            Color = Palette.NetworkHead,
            Style = SKPaintStyle.Stroke,
            StrokeWidth = 1.5f,
            IsAntialias = true,
            PathEffect = dashes,
        };
        using var frame = new SKRoundRect(SKRect.Create(x, y, Size.Width, Size.Height), Corner);
        canvas.DrawRoundRect(frame, ground);
        canvas.DrawRoundRect(frame, line);
        Ink.Draw(canvas, name, x + Padding, y + (TitleHeight / 2), TitleSize, Palette.NetworkHead, isBold: true);
        canvas.Save();
        canvas.Translate(x + ((Size.Width - picture.Size.Width) / 2), y + TitleHeight);
        picture.Draw(canvas);
        canvas.Restore();
    }

    private static float TitleWidth(string name) => Ink.Width(name, TitleSize, isBold: true);
}
