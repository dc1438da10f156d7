using SkiaSharp;

namespace CompiledNets.Plots;

/// <summary>A chart of curves: title and legend above it, axes with light rules, lines.</summary>
internal sealed class Chart(string title, string xLabel, string yLabel, IReadOnlyList<Curve> curves)
{
    private const float TitleSize = 15, LabelSize = 12, TickSize = 11, HeadHeight = 44, FootHeight = 48, Right = 18, LineWidth = 2.25f;
    private const float KeyLength = 22, KeyGap = 7, KeyStep = 18;

    /// <summary>The range of the values; null for that of the curves.</summary>
    public (double Low, double High)? YRange { get; init; }

    /// <summary>The range across; null for that of the curves.</summary>
    public (double Low, double High)? XRange { get; init; }

    /// <summary>Whether numbers across are whole.</summary>
    public bool HasWholeXs { get; init; } = true;

    /// <summary>The range of the values of curves.</summary>
    public static (double Low, double High) RangeOf(IEnumerable<Curve> curves)
    {
        double[] values = [.. curves.SelectMany(curve => curve.Ys).Where(double.IsFinite)];
        return values.Length == 0 ? (0, 1) : (values.Min(), values.Max());
    }

    /// <summary>Draws it into a rectangle.</summary>
    public void Draw(SKCanvas canvas, SKRect frame)
    {
        (double low, double high) = YRange ?? RangeOf(curves);
        var y = new AxisTicks(low, high, 6, isWhole: false, isTight: YRange is not null && XRange is not null);
        double[] all = [.. curves.SelectMany(curve => curve.Xs)];
        (double left, double right) = XRange ?? (all.Length == 0 ? (0, 1) : (all.Min(), all.Max()));
        var x = new AxisTicks(left, right, 8, HasWholeXs, isTight: true);
        float numbers = y.Values.Max(value => Ink.Width(y.Text(value), TickSize));
        var area = new SKRect(frame.Left + 34 + numbers, frame.Top + HeadHeight, frame.Right - Right, frame.Bottom - FootHeight);
        DrawAxes(canvas, frame, area, x, y);
        foreach (Curve curve in curves) DrawCurve(canvas, curve, area, x, y);
        DrawHead(canvas, frame, area);
    }

    private void DrawAxes(SKCanvas canvas, SKRect frame, SKRect area, AxisTicks x, AxisTicks y)
    {
        using var rule = new SKPaint { Color = new SKColor(0xE7, 0xEA, 0xEE), StrokeWidth = 1, IsAntialias = true };
        using var axis = new SKPaint { Color = Palette.Pale, StrokeWidth = 1.25f, IsAntialias = true };
        foreach (double value in y.Values)
        {
            float at = Place(value, y, area.Bottom, area.Top);
            canvas.DrawLine(area.Left, at, area.Right, at, rule);
            Ink.Draw(canvas, y.Text(value), area.Left - 8, at, TickSize, Palette.Pale, align: 1);
        }

        foreach (double value in x.Values)
        {
            float at = Place(value, x, area.Left, area.Right);
            canvas.DrawLine(at, area.Bottom, at, area.Bottom + 4, axis);
            Ink.Draw(canvas, x.Text(value), at, area.Bottom + 14, TickSize, Palette.Pale, align: 0.5f);
        }

        canvas.DrawLine(area.Left, area.Bottom, area.Right, area.Bottom, axis);
        canvas.DrawLine(area.Left, area.Top, area.Left, area.Bottom, axis);
        Ink.Draw(canvas, xLabel, area.MidX, frame.Bottom - 14, LabelSize, Palette.Ink, align: 0.5f);
        canvas.Save();
        canvas.RotateDegrees(-90, frame.Left + 14, area.MidY);
        Ink.Draw(canvas, yLabel, frame.Left + 14, area.MidY, LabelSize, Palette.Ink, align: 0.5f);
        canvas.Restore();
    }

    private static void DrawCurve(SKCanvas canvas, Curve curve, SKRect area, AxisTicks x, AxisTicks y)
    {
        using SKPathEffect? dashes = curve.IsDashed ? SKPathEffect.CreateDash([6, 5], 0) : null;
        using var stroke = new SKPaint
        {
            Color = curve.Color,
            Style = SKPaintStyle.Stroke,
            StrokeWidth = LineWidth,
            IsAntialias = true,
            PathEffect = dashes,
            StrokeJoin = SKStrokeJoin.Round,
            StrokeCap = SKStrokeCap.Round,
        };
        using var dot = new SKPaint { Color = curve.Color, IsAntialias = true };
        using var line = new SKPathBuilder();
        int run = 0;
        for (int i = 0; i < curve.Ys.Length; i++)
        {
            if (!double.IsFinite(curve.Ys[i]))
            {
                run = 0;
                continue;
            }

            var point = new SKPoint(Place(curve.Xs[i], x, area.Left, area.Right), Place(curve.Ys[i], y, area.Bottom, area.Top));
            if (run++ == 0) line.MoveTo(point);
            else line.LineTo(point);
            // A point by itself makes no line.
            bool isAlone = run == 1 && (i + 1 == curve.Ys.Length || !double.IsFinite(curve.Ys[i + 1]));
            if (isAlone) canvas.DrawCircle(point, LineWidth * 1.5f, dot);
        }

        using SKPath path = line.Detach();
        canvas.DrawPath(path, stroke);
    }

    // The title stands left, the legend right of it.
    private void DrawHead(SKCanvas canvas, SKRect frame, SKRect area)
    {
        float middle = frame.Top + (HeadHeight / 2) - 2, at = area.Right;
        foreach (Curve curve in curves.Where(curve => curve.Name.Length > 0).Reverse())
        {
            at -= Ink.Width(curve.Name, LabelSize);
            Ink.Draw(canvas, curve.Name, at, middle, LabelSize, Palette.Ink);
            at -= KeyLength + KeyGap;
            using SKPathEffect? dashes = curve.IsDashed ? SKPathEffect.CreateDash([6, 5], 0) : null;
            using var key = new SKPaint
            {
                Color = curve.Color,
                Style = SKPaintStyle.Stroke,
                StrokeWidth = LineWidth,
                IsAntialias = true,
                PathEffect = dashes,
            };
            canvas.DrawLine(at, middle, at + KeyLength, middle, key);
            at -= KeyStep;
        }

        Ink.Draw(canvas, title, area.Left, middle, TitleSize, Palette.Ink, isBold: true);
    }

    private static float Place(double value, AxisTicks ticks, float from, float to) =>
        from + (float)((value - ticks.Low) / (ticks.High - ticks.Low) * (to - from));
}
