using SkiaSharp;

namespace CompiledNets.Plots;

/// <summary>Charts beside each other and one below the other, in a file.</summary>
internal static class ChartGrid
{
    private const float Width = 560, Height = 360, Margin = 12;
    private const int MostColumns = 3;

    /// <summary>Draws charts of one size.</summary>
    public static void Write(string path, IReadOnlyList<Chart> charts, int dpi)
    {
        PictureFile.Check(path);
        ArgumentOutOfRangeException.ThrowIfLessThan(dpi, 1);
        // Four make a square.
        int columns = charts.Count == 4 ? 2 : Math.Min(MostColumns, charts.Count), rows = (charts.Count + columns - 1) / columns;
        float width = (columns * Width) + (2 * Margin), height = (rows * Height) + (2 * Margin);
        PictureFile.Write(path, width, height, dpi / 96f, canvas =>
        {
            for (int i = 0; i < charts.Count; i++)
            {
                float left = Margin + (i % columns * Width), top = Margin + (i / columns * Height);
                charts[i].Draw(canvas, SKRect.Create(left, top, Width, Height));
            }
        });
    }
}
