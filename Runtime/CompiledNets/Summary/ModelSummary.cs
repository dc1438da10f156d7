using System.Globalization;
using System.Text.RegularExpressions;
using CompiledNets.Execution;

namespace CompiledNets;

/// <summary>The text of a network's summary, as Keras's <c>summary_utils</c> makes it.</summary>
internal sealed class ModelSummary
{
    private const int ChainWidth = 88, GraphWidth = 108, TrainableWidth = 12;

    /// <summary>A column that is narrower shows nothing.</summary>
    private const int LeastColumn = 4;

    /// <summary>Bytes of a number of a weight, and of the optimizer's count of steps.</summary>
    private const int WeightBytes = 4, CounterBytes = 8;

    private static readonly string[] Units = ["B", "KB", "MB", "GB", "TB", "PB"];

    private readonly Model model;
    private readonly NetworkDescription description;

    /// <summary>Makes the summary of a network.</summary>
    public ModelSummary(Model model)
    {
        this.model = model;
        description = model.Description;
    }

    /// <summary>Columns that the table may take; null for Keras's default.</summary>
    public int? LineLength { get; init; }

    /// <summary>Where columns end; null for Keras's default.</summary>
    public IReadOnlyList<double>? Positions { get; init; }

    /// <summary>Whether the layers of networks in the network are shown.</summary>
    public bool ExpandNested { get; init; }

    /// <summary>Whether there is a column that tells what trains.</summary>
    public bool ShowTrainable { get; init; }

    /// <summary>The first and the last row; null for all.</summary>
    public (string First, string Last)? LayerRange { get; init; }

    /// <summary>The text; each line is ended by a line feed.</summary>
    public string Write(int terminalColumns, bool hasColors)
    {
        GraphDescription own = description.Graph ?? GraphDescription.OfChain(description.Inputs, description.Layers);
        var graph = new ShownGraph(own);
        SummaryTable table = Table(graph.IsChain, terminalColumns);
        foreach (ShownPart part in InRange(own, graph.Parts)) AddRow(table, own, graph, part, level: 0, graph.IsChain);
        string title = new StyledText().Add($"Model: \"{model.Name}\"", StyledText.Bold).ToString(hasColors);
        return title + "\n" + table.ToString(hasColors) + Totals(hasColors);
    }

    private SummaryTable Table(bool isChain, int terminalColumns)
    {
        List<(string Header, Alignment Alignment)> columns =
            [("Layer (type)", Alignment.Left), ("Output Shape", Alignment.Left), ("Param #", Alignment.Right)];
        if (!isChain) columns.Add(("Connected to", Alignment.Left));
        double[] ends = [.. Positions ?? (isChain ? [0.45, 0.80, 1.0] : [0.3, 0.56, 0.74, 1.0])];
        if (ends.Length != columns.Count)
        {
            throw new ArgumentException(
                $"Expected a position for each of the columns {string.Join(", ", columns.Select(column => column.Header))}. " +
                $"Received: {ends.Length} positions.", "positions");
        }

        int width = isChain ? ChainWidth : GraphWidth;
        if (ShowTrainable)
        {
            width += TrainableWidth;
            ends = [.. ends.Select(end => end * 0.90), 1.0];
            columns.Add(("Trainable", Alignment.Center));
        }

        width = LineLength ?? Math.Min(width, terminalColumns - 4);
        var sized = new (string, int, Alignment)[ends.Length];
        int before = 0;
        for (int i = 0; i < ends.Length; i++)
        {
            int column = (int)(ends[i] * width) - before;
            if (column < LeastColumn)
            {
                throw new ArgumentException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"Insufficient console width to print summary: column '{columns[i].Header}' of {width} columns would have {column}, " +
                    $"and {LeastColumn} is the least."), "lineLength");
            }

            sized[i] = (columns[i].Header, column, columns[i].Alignment);
            before += column;
        }

        return new(sized, width);
    }

    private IEnumerable<ShownPart> InRange(GraphDescription graph, IReadOnlyList<ShownPart> parts)
    {
        if (LayerRange is not { } range) return parts;
        (int firstLow, int firstHigh) = Matches(range.First);
        (int lastLow, int lastHigh) = Matches(range.Last);
        (int from, int to) = firstLow > lastHigh ? (lastLow, firstHigh) : (firstLow, lastHigh);
        return parts.Skip(from).Take(to - from + 1);

        // The first and the last layer whose name begins as the expression says.
        (int Low, int High) Matches(string pattern)
        {
            var expression = new Regex($@"\A(?:{pattern})", RegexOptions.CultureInvariant);
            int[] matches = [.. Enumerable.Range(0, parts.Count).Where(i => expression.IsMatch(NameOf(description, graph, parts[i])))];
            if (matches.Length > 0) return (matches[0], matches[^1]);
            throw new ArgumentException(
                $"'{model.Name}' has no layer whose name begins with '{pattern}'. It has: " +
                $"{string.Join(", ", parts.Select(part => NameOf(description, graph, part)))}.", "layerRange");
        }
    }

    private void AddRow(SummaryTable table, GraphDescription graph, ShownGraph shown, ShownPart part, int level, bool isChain)
    {
        string indent = level == 0 ? "" : new string(' ', 3 * level) + "└ ";
        List<StyledText> cells =
        [
            new StyledText().Add(indent + NameOf(description, graph, part) + " (").Add(TypeOf(description, part), StyledText.ClassName)
            .Add(")"),
            Shape(graph, shown, part),
            new StyledText().Add(Thousands(ParametersOf(part)), StyledText.Number),
        ];
        // Keras tells connections of the outermost network alone.
        if (!isChain) cells.Add(level > 0 ? new StyledText().Add("-") : Connections(graph, shown, part));
        if (ShowTrainable) cells.Add(Trainable(part));
        table.Add([.. cells]);
        if (!ExpandNested || part.Network < 0 || description.Networks[part.Network].Graph is not { } inner) return;
        var nested = new ShownGraph(inner);
        foreach (ShownPart child in nested.Parts) AddRow(table, inner, nested, child, level + 1, isChain);
    }

    // Inside of a network names have the network's before them.
    /// <summary>The name of a part in the network that it stands in.</summary>
    public static string NameOf(NetworkDescription description, GraphDescription graph, ShownPart part)
    {
        string name = part.Input >= 0 ? graph.Inputs[part.Input].Name
            : part.Layer >= 0 ? description.Layers[part.Layer].Name : description.Networks[part.Network].Name;
        return name[(name.LastIndexOf('/') + 1)..];
    }

    /// <summary>Its class, as Keras calls it.</summary>
    public static string TypeOf(NetworkDescription description, ShownPart part) => part.Input >= 0 ? "InputLayer"
        : part.Layer >= 0 ? description.Layers[part.Layer].Type
        : description.Networks[part.Network].Graph is { IsChain: true } ? "Sequential" : "Functional";

    private IEnumerable<int> LayersOf(ShownPart part) => part.Layer >= 0 ? [part.Layer]
        : part.Network < 0 ? [] : Enumerable.Range(description.Networks[part.Network].First, description.Networks[part.Network].Count);

    private long ParametersOf(ShownPart part) => LayersOf(part).Sum(layer => (long)description.Layers[layer].Parameters);

    // That of the last call, as in Keras.
    private static StyledText Shape(GraphDescription graph, ShownGraph shown, ShownPart part)
    {
        int[][] shapes = part.Input >= 0 ? [graph.Inputs[part.Input].Shape] : graph.Calls[shown.CallsOf(part).Last()].Shapes;
        var text = new StyledText();
        if (shapes.Length > 1) text.Add("[");
        for (int i = 0; i < shapes.Length; i++)
        {
            text.Add(i > 0 ? ", (" : "(").Add("None", StyledText.None);
            foreach (int axis in shapes[i]) text.Add(", ").Add(axis.ToString(CultureInfo.InvariantCulture), StyledText.Number);
            text.Add(")");
        }

        return shapes.Length > 1 ? text.Add("]") : text;
    }

    private StyledText Connections(GraphDescription graph, ShownGraph shown, ShownPart part)
    {
        var text = new StyledText();
        foreach ((int Call, int Output) value in shown.CallsOf(part).SelectMany(call => graph.Calls[call].Inputs))
        {
            (ShownPart giver, int call) = shown.GiverOf(value);
            if (text.Length > 0) text.Add(", ");
            text.Add(NameOf(description, graph, giver)).Add("[").Add(call.ToString(CultureInfo.InvariantCulture), StyledText.Number)
                .Add("][");
            text.Add((value.Call < 0 ? 0 : value.Output).ToString(CultureInfo.InvariantCulture), StyledText.Number).Add("]");
        }

        return text.Length > 0 ? text : text.Add("-");
    }

    private StyledText Trainable(ShownPart part)
    {
        int[] withWeights = [.. LayersOf(part).Where(layer => description.Layers[layer].Parameters > 0)];
        return withWeights.Length == 0 ? new StyledText().Add("-", StyledText.Bold)
            : withWeights.Any(layer => !model.Frozen[layer]) ? new StyledText().Add("Y", StyledText.BoldYes)
            : new StyledText().Add("N", StyledText.BoldNo);
    }

    private string Totals(bool hasColors)
    {
        long trainable = 0, all = 0;
        foreach (WeightDescription weight in description.Weights)
        {
            long numbers = weight.Shape.Aggregate(1L, (size, axis) => size * axis);
            all += numbers;
            if (weight.Trainable && !model.Frozen[weight.Layer]) trainable += numbers;
        }

        (long Numbers, long Counters)? optimizer = model.OptimizerVariables();
        long own = optimizer is { } state ? state.Numbers + state.Counters : 0;
        long ownBytes = optimizer is { } sizes ? (sizes.Numbers * WeightBytes) + (sizes.Counters * CounterBytes) : 0;
        string text = Line("Total", all + own, (all * WeightBytes) + ownBytes)
            + Line("Trainable", trainable, trainable * WeightBytes)
            + Line("Non-trainable", all - trainable, (all - trainable) * WeightBytes);
        return optimizer is null ? text : text + Line("Optimizer", own, ownBytes);

        string Line(string what, long numbers, long bytes) => new StyledText().Add($" {what} params: ", StyledText.Bold)
            .Add(Thousands(numbers), StyledText.Number).Add($" ({Memory(bytes)})\n").ToString(hasColors);
    }

    private static string Thousands(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string Memory(double bytes)
    {
        int unit = 0;
        for (; bytes >= 1024 && unit < Units.Length - 1; unit++) bytes /= 1024;
        return bytes.ToString("0.00", CultureInfo.InvariantCulture) + " " + Units[unit];
    }
}
