using System.Globalization;
using CompiledNets.Data;
using SkiaSharp;

namespace CompiledNets.Plots;

/// <summary>Pictures of confusion matrices.</summary>
public static class ConfusionMatrixPlots
{
    private const float Margin = 20, TitleSize = 15, LabelSize = 12, CountSize = 14, ShareSize = 10.5f, LeastCell = 58, MostLabel = 220;

    /// <summary>
    /// Draws the matrix: a row for each true class, a column for each predicted one, with how many samples there are and what part of
    /// their true class they are. The larger the part, the darker the cell.
    /// </summary>
    /// <param name="matrix">The matrix.</param>
    /// <param name="toFile">The file; it ends in .png or .svg.</param>
    /// <param name="title">The title; empty for none.</param>
    /// <param name="dpi">Pixels of a PNG an inch. Default: 144.</param>
    /// <exception cref="ArgumentException">The file ends otherwise, or the picture would be too large for a PNG.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Plot(
        this ConfusionMatrix matrix, string toFile = "confusion_matrix.png", string title = "Confusion matrix", int dpi = 144)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        ArgumentNullException.ThrowIfNull(title);
        PictureFile.Check(toFile);
        ArgumentOutOfRangeException.ThrowIfLessThan(dpi, 1);
        string[] labels = [.. matrix.Labels.Select(label => Cut(label, MostLabel))];
        float widest = labels.Max(label => Ink.Width(label, LabelSize));
        float cell = Math.Max(LeastCell, Math.Min(widest + 16, 110)), side = cell * matrix.Count;
        // Labels below stand upright where they are wider than their column.
        bool isUpright = widest + 10 > cell;
        float left = Margin + 26 + widest + 12, top = Margin + (title.Length > 0 ? 34 : 0);
        float foot = (isUpright ? widest + 14 : 26) + 34;
        float width = Math.Max(left + side, left + Ink.Width(title, TitleSize, isBold: true)) + Margin;
        PictureFile.Write(toFile, width, top + side + foot, dpi / 96f, canvas =>
        {
            if (title.Length > 0) Ink.Draw(canvas, title, left, Margin + 8, TitleSize, Palette.Ink, isBold: true);
            DrawCells(canvas, matrix, left, top, cell);
            for (int i = 0; i < labels.Length; i++)
            {
                float middle = (i + 0.5f) * cell;
                Ink.Draw(canvas, labels[i], left - 10, top + middle, LabelSize, Palette.Ink, align: 1);
                if (!isUpright)
                {
                    Ink.Draw(canvas, labels[i], left + middle, top + side + 16, LabelSize, Palette.Ink, align: 0.5f);
                    continue;
                }

                canvas.Save();
                canvas.RotateDegrees(-90, left + middle, top + side + 10);
                Ink.Draw(canvas, labels[i], left + middle, top + side + 10, LabelSize, Palette.Ink, align: 1);
                canvas.Restore();
            }

            Ink.Draw(canvas, "predicted", left + (side / 2), top + side + foot - 18, LabelSize, Palette.Pale, align: 0.5f);
            canvas.Save();
            canvas.RotateDegrees(-90, Margin + 6, top + (side / 2));
            Ink.Draw(canvas, "actual", Margin + 6, top + (side / 2), LabelSize, Palette.Pale, align: 0.5f);
            canvas.Restore();
        });
    }

    private static void DrawCells(SKCanvas canvas, ConfusionMatrix matrix, float left, float top, float cell)
    {
        using var fill = new SKPaint { IsAntialias = true };
        for (int actual = 0; actual < matrix.Count; actual++)
        {
            long all = Enumerable.Range(0, matrix.Count).Sum(predicted => (long)matrix[actual, predicted]);
            for (int predicted = 0; predicted < matrix.Count; predicted++)
            {
                int count = matrix[actual, predicted];
                double share = all == 0 ? 0 : (double)count / all;
                float x = left + (predicted * cell), y = top + (actual * cell);
                fill.Color = Mix(new SKColor(0xF4, 0xF6, 0xF9), new SKColor(0x1F, 0x5F, 0x9E), share);
                canvas.DrawRect(SKRect.Create(x + 1, y + 1, cell - 2, cell - 2), fill);
                SKColor ink = share > 0.5 ? SKColors.White : Palette.Ink;
                Ink.Draw(canvas, count.ToString(CultureInfo.InvariantCulture), x + (cell / 2), y + (cell / 2) - 7,
                    CountSize, ink, isBold: true, align: 0.5f);
                string part = share.ToString("0 %", CultureInfo.InvariantCulture);
                Ink.Draw(canvas, part, x + (cell / 2), y + (cell / 2) + 12, ShareSize,
                    share > 0.5 ? new(0xE3, 0xEE, 0xF8) : Palette.Pale, align: 0.5f);
            }
        }
    }

    private static string Cut(string label, float width)
    {
        if (Ink.Width(label, LabelSize) <= width) return label;
        int length = label.Length;
        while (length > 1 && Ink.Width(label[..length] + "…", LabelSize) > width) length--;
        return label[..length] + "…";
    }

    private static SKColor Mix(SKColor from, SKColor to, double part) => new(
        (byte)(from.Red + ((to.Red - from.Red) * part)), (byte)(from.Green + ((to.Green - from.Green) * part)),
            (byte)(from.Blue + ((to.Blue - from.Blue) * part)));
}
