using System.Globalization;

namespace CompiledNets.Plots;

/// <summary>Pictures of learning curves.</summary>
public static class HistoryPlots
{
    private const string OfValidation = "val_";

    /// <summary>Draws figures epoch by epoch: a chart for each, with a line for training and one for validation.</summary>
    /// <param name="history">What <c>Fit</c> gave.</param>
    /// <param name="toFile">The file; it ends in .png or .svg.</param>
    /// <param name="figures">The figures, without <c>val_</c>; null for all that there are, the loss first.</param>
    /// <param name="title">The title of each chart; null for the figure's name.</param>
    /// <param name="yLabel">What stands beside the axis of the values; null for the figure's name.</param>
    /// <param name="dpi">Pixels of a PNG an inch; at 96 numbers are 11 pixels high. Default: 144.</param>
    /// <exception cref="ArgumentException">The file ends otherwise, there are no epochs, or a figure is not in the history.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Plot(
        this History history, string toFile = "curves.png", IReadOnlyList<string>? figures = null, string? title = null,
        string? yLabel = null, int dpi = 144)
    {
        ArgumentNullException.ThrowIfNull(history);
        string[] shown = [.. figures ?? Figures(history)];
        if (shown.Length == 0)
            throw new ArgumentException("The history has no epochs, or no figures are asked for: there is nothing to draw.",
                nameof(history));
        ChartGrid.Write(toFile,
            [.. shown.Select(figure => new Chart(title ?? figure, "epoch", yLabel ?? figure, Curves(history, figure)))], dpi);
    }

    /// <summary>Draws a figure of several trainings beside each other, on one scale.</summary>
    /// <param name="toFile">The file; it ends in .png or .svg.</param>
    /// <param name="runs">The trainings, by their titles.</param>
    /// <param name="figure">The figure, without <c>val_</c>. Default: the loss.</param>
    /// <param name="dpi">Pixels of a PNG an inch; at 96 numbers are 11 pixels high. Default: 144.</param>
    /// <exception cref="ArgumentException">The file ends otherwise, there are no runs, or the figure is not in a history.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Compare(string toFile, IReadOnlyList<(string Title, History History)> runs, string figure = "loss", int dpi = 144)
    {
        ArgumentNullException.ThrowIfNull(runs);
        ArgumentNullException.ThrowIfNull(figure);
        if (runs.Count == 0) throw new ArgumentException("Expected at least one training.", nameof(runs));
        (string Title, Curve[] Curves)[] charts = [.. runs.Select(run => (run.Title, Curves(run.History, figure)))];
        (double, double) range = Chart.RangeOf(charts.SelectMany(chart => chart.Curves));
        ChartGrid.Write(toFile, [.. charts.Select(chart => new Chart(chart.Title, "epoch", figure, chart.Curves) { YRange = range })], dpi);
    }

    private static IEnumerable<string> Figures(History history) => history.Keys
        .Select(key => key.StartsWith(OfValidation, StringComparison.Ordinal) ? key[OfValidation.Length..] : key)
        .Distinct().OrderBy(key => key == "loss" ? 0 : 1);

    private static Curve[] Curves(History history, string figure)
    {
        var curves = new List<Curve>();
        if (history.ContainsKey(figure)) curves.Add(Of(figure, "training", 0));
        if (history.ContainsKey(OfValidation + figure)) curves.Add(Of(OfValidation + figure, "validation", 1));
        return curves.Count > 0 ? [.. curves]
            : throw new ArgumentException($"The history has no figure '{figure}'. It has: {string.Join(", ", history.Keys)}.",
                nameof(history));

        Curve Of(string key, string name, int color) =>
            new(name, Epochs(history, history[key].Count), [.. history[key]], Palette.Lines[color]);
    }

    // From 1. A validation each few epochs has fewer values than there are epochs; they end with the last that they can.
    private static double[] Epochs(History history, int values)
    {
        int epochs = history.Epochs.Count;
        if (values == epochs) return [.. history.Epochs.Select(epoch => epoch + 1.0)];
        for (int every = 2; every <= epochs; every++)
        {
            double[] of = [.. history.Epochs.Where(epoch => (epoch + 1) % every == 0).Select(epoch => epoch + 1.0)];
            if (of.Length == values) return of;
        }

        return [.. history.Epochs.TakeLast(values).Select(epoch => epoch + 1.0)];
    }
}
