using CompiledNets.Execution;

namespace CompiledNets;

/// <summary>The summary.</summary>
public abstract partial class Model
{
    /// <summary>
    /// Prints the layers with their output shapes and numbers of weights, and what of them trains; in a graph also what each is connected
    /// to. It is the table that Keras prints. The arguments are those of Keras, in its order, with a writer for its function.
    /// </summary>
    /// <param name="lineLength">
    /// Columns of the table; null for 88, or 108 in a graph with branches, and 12 more with <paramref name="showTrainable"/>, but 4 fewer
    /// than the terminal has at most.
    /// </param>
    /// <param name="positions">
    /// Where each column ends, as a part of the length; null for 0.45, 0.8, 1, or 0.3, 0.56, 0.74, 1 in a graph with branches.
    /// </param>
    /// <param name="writer">Where to; null for the console, with colours where it is a terminal.</param>
    /// <param name="expandNested">Whether the layers of networks in the network are shown too.</param>
    /// <param name="showTrainable">Whether a column tells whether a layer trains: Y, N, or - for one without weights.</param>
    /// <param name="layerRange">
    /// The first and the last layer that are shown, as regular expressions for how their names begin; null for all. The totals are those
    /// of the whole network.
    /// </param>
    /// <exception cref="ArgumentException">
    /// The table would be too narrow, there is not a position for each column, or no layer has a name of the range.
    /// </exception>
    public void Summary(
        int? lineLength = null, IReadOnlyList<double>? positions = null, TextWriter? writer = null, bool expandNested = false,
        bool showTrainable = false, (string First, string Last)? layerRange = null)
    {
        ModelSummary summary = SummaryOf(lineLength, positions, expandNested, showTrainable, layerRange);
        string text = summary.Write(Terminal.Columns, hasColors: writer is null && Terminal.HasColors);
        TextWriter target = writer ?? Console.Out;
        foreach (string line in text.TrimEnd('\n').Split('\n')) target.WriteLine(line);
    }

    /// <summary>The summary as text, without colours, each line ended by a line feed.</summary>
    /// <inheritdoc cref="Summary" path="/param[@name != 'writer']"/>
    /// <inheritdoc cref="Summary" path="/exception"/>
    /// <returns>The table, and the totals below it.</returns>
    public string SummaryText(
        int? lineLength = null, IReadOnlyList<double>? positions = null, bool expandNested = false, bool showTrainable = false,
        (string First, string Last)? layerRange = null) =>
        SummaryOf(lineLength, positions, expandNested, showTrainable, layerRange).Write(Terminal.Columns, hasColors: false);

    /// <summary>
    /// Numbers that the optimizer keeps: floats, and counters; null before the first step. There is a learning rate, unless a schedule
    /// gives it, a number for each weight that trains in each of its states, and the number of steps.
    /// </summary>
    internal (long Numbers, long Counters)? OptimizerVariables()
    {
        if (setup?.Update is not { } update) return null;
        long trained = 0;
        foreach (WeightDescription weight in Description.Weights)
        {
            if (!weight.Trainable || !update.Layout.Ranges.Any(range => range.Has(weight.Offset))) continue;
            trained += weight.Shape.Aggregate(1L, (size, axis) => size * axis);
        }

        return ((setup.Optimizer.Schedule is null ? 1 : 0) + (trained * update.Slots.Count), 1);
    }

    private ModelSummary SummaryOf(
        int? lineLength, IReadOnlyList<double>? positions, bool expandNested, bool showTrainable, (string First, string Last)? layerRange)
    {
        InputChecks.AtLeastOne(lineLength, nameof(lineLength));
        return new(this)
        {
            LineLength = lineLength,
            Positions = positions,
            ExpandNested = expandNested,
            ShowTrainable = showTrainable,
            LayerRange = layerRange,
        };
    }
}
