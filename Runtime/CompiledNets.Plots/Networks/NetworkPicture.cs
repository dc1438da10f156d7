using System.Globalization;
using CompiledNets.Execution;
using SkiaSharp;

namespace CompiledNets.Plots;

/// <summary>What of a network is shown; Keras's arguments of <c>plot_model</c>.</summary>
internal sealed record NetworkPictureOptions(
    bool ShowShapes, bool ShowDtype, bool ShowLayerNames, PlotDirection Direction, bool ExpandNested, bool ShowLayerActivations,
    bool ShowTrainable);

/// <summary>The picture of a network, or of one in it: boxes, and lines that connect them.</summary>
internal sealed class NetworkPicture
{
    private const float Margin = 16, Corner = 8, ArrowLength = 9, ArrowWidth = 8, LineWidth = 1.75f;

    private readonly NetworkPictureOptions options;
    private readonly NetworkDescription description;
    private readonly Func<int, bool> trains;
    private readonly GraphDescription graph;
    private readonly List<(int Input, int Layer, int Network)> parts = [];
    private readonly PictureBlock[] blocks;
    private readonly (int From, int To)[] edges;
    private readonly LayeredLayout layout;

    /// <summary>Lays the picture out.</summary>
    /// <param name="options">What is shown.</param>
    /// <param name="description">The outermost network.</param>
    /// <param name="graph">The network that is shown.</param>
    /// <param name="trains">Whether a layer trains.</param>
    public NetworkPicture(NetworkPictureOptions options, NetworkDescription description, GraphDescription graph, Func<int, bool> trains)
    {
        (this.options, this.description, this.graph, this.trains) = (options, description, graph, trains);
        // A chain does not show its input, as in Keras.
        if (!graph.IsChain) parts.AddRange(graph.Inputs.Select((_, i) => (i, -1, -1)));
        foreach (CallDescription call in graph.Calls)
            if (!parts.Contains(PartOf(call))) parts.Add(PartOf(call));
        blocks = [.. parts.Select(Block)];
        edges = Edges();
        layout = new(
            [.. blocks.Select(block => IsDown ? (block.Size.Width, block.Size.Height) : (block.Size.Height, block.Size.Width))], edges);
        SKPoint size = Point(layout.Size);
        Size = new(MathF.Ceiling(size.X + (2 * Margin)), MathF.Ceiling(size.Y + (2 * Margin)));
    }

    /// <summary>Its size.</summary>
    public SKSize Size { get; }

    private bool IsDown => options.Direction == PlotDirection.TopToBottom;

    /// <summary>Draws it.</summary>
    public void Draw(SKCanvas canvas)
    {
        canvas.Save();
        canvas.Translate(Margin, Margin);
        foreach ((float Cross, float Main)[] route in layout.Routes) DrawLine(canvas, [.. route.Select(Point)]);
        for (int i = 0; i < blocks.Length; i++)
        {
            (float cross, float main) = layout.Places[i];
            SKPoint at = IsDown ? new(cross - (blocks[i].Size.Width / 2), main) : new(main, cross - (blocks[i].Size.Height / 2));
            blocks[i].Draw(canvas, MathF.Round(at.X), MathF.Round(at.Y));
        }

        canvas.Restore();
    }

    private static (int Input, int Layer, int Network) PartOf(CallDescription call) => (-1, call.Layer, call.Network);

    private SKPoint Point((float Cross, float Main) place) => IsDown ? new(place.Cross, place.Main) : new(place.Main, place.Cross);

    // Each part that gives a value to another, once. A layer that is applied to what it gave itself would close a circle: the line is left
    // out.
    private (int From, int To)[] Edges()
    {
        var found = new List<(int From, int To)>();
        foreach (CallDescription call in graph.Calls)
        {
            int to = parts.IndexOf(PartOf(call));
            foreach ((int Call, int Output) value in call.Inputs)
            {
                int from = parts.IndexOf(value.Call < 0 ? (value.Output, -1, -1) : PartOf(graph.Calls[value.Call]));
                if (from >= 0 && !found.Contains((from, to)) && !Reaches(found, to, from)) found.Add((from, to));
            }
        }

        return [.. found];
    }

    private static bool Reaches(List<(int From, int To)> edges, int from, int to)
    {
        var open = new Stack<int>([from]);
        var seen = new HashSet<int>();
        while (open.TryPop(out int at))
        {
            if (at == to) return true;
            if (!seen.Add(at)) continue;
            foreach ((int start, int end) in edges)
                if (start == at) open.Push(end);
        }

        return false;
    }

    private PictureBlock Block((int Input, int Layer, int Network) part)
    {
        if (part.Network >= 0 && options.ExpandNested && description.Networks[part.Network].Graph is { } inner)
            return new NetworkFrame(LastName(description.Networks[part.Network].Name), new(options, description, inner, trains));
        var rows = new List<BoxCell[]>();
        if (options.ShowLayerActivations && part.Layer >= 0 && description.Layers[part.Layer].Activation is { } activation)
            rows.Add([new("Activation:", activation)]);
        var cells = new List<BoxCell>();
        if (options.ShowShapes)
        {
            if (part.Input < 0) cells.Add(new("Input shape:", Shapes(InputShapes(part))));
            cells.Add(new("Output shape:", Shapes(OutputShapes(part))));
        }

        if (options.ShowDtype) cells.Add(new("Output dtype:", "float32"));
        int[] withWeights = [.. LayersOf(part).Where(layer => description.Layers[layer].Parameters > 0)];
        if (options.ShowTrainable && withWeights.Length > 0)
        {
            bool isTrained = withWeights.Any(trains);
            cells.Add(new("", isTrained ? "Trainable" : "Non-trainable", isTrained ? Palette.Trains : Palette.Frozen));
        }

        if (cells.Count > 0) rows.Add([.. cells]);
        SKColor head = part.Input >= 0 ? Palette.InputHead : part.Network >= 0 ? Palette.NetworkHead : Palette.Head;
        return new LayerBox(Title(part), head, [.. rows]);
    }

    private (string Text, bool IsBold)[] Title((int Input, int Layer, int Network) part)
    {
        string type = part.Input >= 0 ? "InputLayer"
            : part.Layer >= 0 ? description.Layers[part.Layer].Type
            : description.Networks[part.Network].Graph is { IsChain: true } ? "Sequential" : "Functional";
        if (!options.ShowLayerNames) return [(type, true)];
        string name = part.Input >= 0 ? graph.Inputs[part.Input].Name
            : part.Layer >= 0 ? description.Layers[part.Layer].Name : description.Networks[part.Network].Name;
        return [(LastName(name), true), ($" ({type})", false)];
    }

    private IEnumerable<int> LayersOf((int Input, int Layer, int Network) part) => part.Layer >= 0 ? [part.Layer]
        : part.Network < 0 ? [] : Enumerable.Range(description.Networks[part.Network].First, description.Networks[part.Network].Count);

    private int[][] OutputShapes((int Input, int Layer, int Network) part) =>
        part.Input >= 0 ? [graph.Inputs[part.Input].Shape] : graph.Calls.First(call => PartOf(call) == part).Shapes;

    private int[][] InputShapes((int Input, int Layer, int Network) part) =>
    [
        .. graph.Calls.First(call => PartOf(call) == part).Inputs
            .Select(value => value.Call < 0 ? graph.Inputs[value.Output].Shape : graph.Calls[value.Call].Shapes[value.Output]),
    ];

    private static string Shapes(int[][] shapes)
    {
        string[] texts = [.. shapes.Select(shape => $"({string.Join(", ", shape.Prepend(-1).Select(Axis))})")];
        return texts.Length == 1 ? texts[0] : $"[{string.Join(", ", texts)}]";
    }

    private static string Axis(int size) => size < 0 ? "None" : size.ToString(CultureInfo.InvariantCulture);

    private static string LastName(string name) => name[(name.LastIndexOf('/') + 1)..];

    // Round corners, and an arrow at the end.
    private static void DrawLine(SKCanvas canvas, SKPoint[] corners)
    {
        SKPoint end = corners[^1], last = Toward(end, corners[^2], ArrowLength);
        using var line = new SKPathBuilder();
        line.MoveTo(corners[0]);
        for (int i = 1; i + 1 < corners.Length; i++)
        {
            float radius = Math.Min(Corner,
                Math.Min(SKPoint.Distance(corners[i - 1], corners[i]), SKPoint.Distance(corners[i], corners[i + 1])) / 2);
            line.LineTo(Toward(corners[i], corners[i - 1], radius));
            line.QuadTo(corners[i], Toward(corners[i], corners[i + 1], radius));
        }

        line.LineTo(last);
        using var stroke = new SKPaint { Color = Palette.Edge, Style = SKPaintStyle.Stroke, StrokeWidth = LineWidth, IsAntialias = true };
        using SKPath path = line.Detach();
        canvas.DrawPath(path, stroke);
        using var arrow = new SKPathBuilder();
        var across = new SKPoint((last.Y - end.Y) / ArrowLength * ArrowWidth / 2, (end.X - last.X) / ArrowLength * ArrowWidth / 2);
        arrow.MoveTo(end);
        arrow.LineTo(last + across);
        arrow.LineTo(last - across);
        arrow.Close();
        using var fill = new SKPaint { Color = Palette.Edge, IsAntialias = true };
        using SKPath head = arrow.Detach();
        canvas.DrawPath(head, fill);
    }

    private static SKPoint Toward(SKPoint from, SKPoint to, float distance)
    {
        float all = SKPoint.Distance(from, to);
        return all == 0 ? from : new(from.X + ((to.X - from.X) * distance / all), from.Y + ((to.Y - from.Y) * distance / all));
    }
}
