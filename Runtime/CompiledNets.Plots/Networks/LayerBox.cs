using SkiaSharp;

namespace CompiledNets.Plots;

/// <summary>A cell of a layer's box: what it tells, pale, and the value, bold.</summary>
/// <param name="Label">What it tells; empty for nothing.</param>
/// <param name="Value">The value.</param>
/// <param name="Fill">Its ground; null for white.</param>
internal sealed record BoxCell(string Label, string Value, SKColor? Fill = null);

/// <summary>The box of a layer: a title on dark ground, and rows of cells below it.</summary>
internal sealed class LayerBox : PictureBlock
{
    private const float TitleSize = 14, CellSize = 12, TitleHeight = 30, RowHeight = 27, Padding = 12, Corner = 6, LeastWidth = 96;

    private readonly (string Text, bool IsBold)[] title;
    private readonly SKColor head;
    private readonly BoxCell[][] rows;
    private readonly float titleWidth;
    private readonly float[][] widths;

    /// <summary>Makes the box.</summary>
    /// <param name="title">The title, in parts that are bold or not.</param>
    /// <param name="head">The ground of the title.</param>
    /// <param name="rows">The cells, row by row.</param>
    public LayerBox((string Text, bool IsBold)[] title, SKColor head, BoxCell[][] rows)
    {
        (this.title, this.head, this.rows) = (title, head, rows);
        titleWidth = title.Sum(part => Width(part.Text, TitleSize, part.IsBold));
        float[][] own = [.. rows.Select(row => (float[])[.. row.Select(CellWidth)])];
        float width = MathF.Ceiling(
            Math.Max(LeastWidth, Math.Max(titleWidth + (2 * Padding), own.Select(row => row.Sum()).Append(0).Max())));
        // What a row has too little is spread over its cells.
        widths = [.. own.Select(row => (float[])[.. row.Select(cell => cell + ((width - row.Sum()) / row.Length))])];
        Size = new(width, TitleHeight + (rows.Length * RowHeight));
    }

    public override SKSize Size { get; }

    public override void Draw(SKCanvas canvas, float x, float y)
    {
        var frame = SKRect.Create(x, y, Size.Width, Size.Height);
        using var round = new SKRoundRect(frame, Corner);
        using var fill = new SKPaint { Color = SKColors.White, IsAntialias = true };
        canvas.DrawRoundRect(round, fill);
        bool isAlone = rows.Length == 0;
        Fill(canvas, SKRect.Create(x, y, Size.Width, TitleHeight), head, true, true, isAlone, isAlone);
        for (int row = 0; row < rows.Length; row++)
        {
            float left = x, top = y + TitleHeight + (row * RowHeight);
            for (int i = 0; i < rows[row].Length; i++)
            {
                bool isLast = row == rows.Length - 1;
                if (rows[row][i].Fill is { } ground)
                {
                    Fill(canvas, SKRect.Create(left, top, widths[row][i], RowHeight), ground, false, false,
                        isLast && i == rows[row].Length - 1, isLast && i == 0);
                }

                left += widths[row][i];
            }
        }

        DrawRules(canvas, x, y);
        using var line = new SKPaint { Color = head, Style = SKPaintStyle.Stroke, StrokeWidth = 1.5f, IsAntialias = true };
        canvas.DrawRoundRect(round, line);
        DrawTexts(canvas, x, y);
    }

    // Round where the box is. A clip would do too, but Skia numbers those of an SVG on and on.
    private static void Fill(SKCanvas canvas, SKRect place, SKColor color, bool upperLeft, bool upperRight, bool lowerRight, bool lowerLeft)
    {
        using var shape = new SKRoundRect();
        shape.SetRectRadii(place, [Radius(upperLeft), Radius(upperRight), Radius(lowerRight), Radius(lowerLeft)]);
        using var paint = new SKPaint { Color = color, IsAntialias = true };
        canvas.DrawRoundRect(shape, paint);

        static SKPoint Radius(bool isRound) => isRound ? new(Corner, Corner) : default;
    }

    private void DrawRules(SKCanvas canvas, float x, float y)
    {
        using var line = new SKPaint { Color = Palette.Rule, StrokeWidth = 1, IsAntialias = true };
        for (int row = 0; row < rows.Length; row++)
        {
            float left = x, top = y + TitleHeight + (row * RowHeight);
            if (row > 0) canvas.DrawLine(x, top, x + Size.Width, top, line);
            for (int i = 0; i + 1 < rows[row].Length; i++)
            {
                left += widths[row][i];
                canvas.DrawLine(left, top, left, top + RowHeight, line);
            }
        }
    }

    private void DrawTexts(SKCanvas canvas, float x, float y)
    {
        float at = x + ((Size.Width - titleWidth) / 2);
        foreach ((string text, bool isBold) in title)
            at += Text(canvas, text, at, y + (TitleHeight / 2), TitleSize, isBold, SKColors.White);
        for (int row = 0; row < rows.Length; row++)
        {
            float left = x, middle = y + TitleHeight + ((row + 0.5f) * RowHeight);
            for (int i = 0; i < rows[row].Length; i++)
            {
                BoxCell cell = rows[row][i];
                float start = left + ((widths[row][i] - TextWidth(cell)) / 2);
                SKColor ink = cell.Fill is null ? Palette.Ink : SKColors.White;
                if (cell.Label.Length > 0) start += Text(canvas, cell.Label + " ", start, middle, CellSize, false, Palette.Pale);
                Text(canvas, cell.Value, start, middle, CellSize, true, ink);
                left += widths[row][i];
            }
        }
    }

    private static float CellWidth(BoxCell cell) => TextWidth(cell) + (2 * Padding);

    private static float TextWidth(BoxCell cell) =>
        (cell.Label.Length > 0 ? Width(cell.Label + " ", CellSize, false) : 0) + Width(cell.Value, CellSize, true);

    private static float Width(string text, float size, bool isBold) => Ink.Width(text, size, isBold);

    private static float Text(SKCanvas canvas, string text, float x, float middle, float size, bool isBold, SKColor color)
    {
        Ink.Draw(canvas, text, x, middle, size, color, isBold);
        return Ink.Width(text, size, isBold);
    }
}
