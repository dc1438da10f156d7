using CompiledNets.Generator.Emit;
using CompiledNets.Generator.Ops;
using static CompiledNets.Generator.Emit.CodeWriter;

namespace CompiledNets.Generator.Kernels;

/// <summary>
/// The runs that a position of a convolution reads: loops over positions, and for each axis the first tap inside the image and how many
/// there are. Along the last axis taps side by side are one run with their channels.
/// </summary>
/// <param name="writer">Where loops are written.</param>
/// <param name="window">The window.</param>
/// <param name="channels">Channels of the image.</param>
/// <param name="filters">Filters, the columns of the weights.</param>
/// <param name="size">Floats from a number to the next in a value of samples.</param>
internal sealed class WindowRuns(CodeWriter writer, Window window, int channels, int filters, string size = " * T.Count")
{
    private readonly List<string> starts = [], taps = [], counts = [];

    private int OwnChannels => channels / window.Groups;

    // Whether the taps of the last axis are one run.
    private bool IsRun => window.Groups == 1 && window.Axes[window.Axes.Count - 1].Dilation == 1;

    /// <summary>Opens the loop over positions of an axis.</summary>
    public void OpenPosition(int index) => OpenPosition(index, "0", Int(window.Axes[index].Count));

    /// <summary>Opens the loop over those of the outermost axis that are this worker's, of some who share it.</summary>
    public void OpenShareOfRows()
    {
        string rows = Int(window.Axes[0].Count);
        writer.Line($"int end = {rows} * (part + 1) / parts;");
        OpenPosition(0, $"{rows} * part / parts", "end");
    }

    private void OpenPosition(int index, string first, string end)
    {
        writer.Open($"for (int o{Int(index)} = {first}; o{Int(index)} < {end}; o{Int(index)}++)");
        At(index, window.Axes[index].IsClipped);
    }

    /// <summary>
    /// Writes what there is to compute of the taps at a position of an axis, the variable <c>o</c> with the axis's number.
    /// </summary>
    /// <param name="index">The axis.</param>
    /// <param name="isClipped">Whether some of them may lie beyond the image.</param>
    public void At(int index, bool isClipped)
    {
        WindowAxis axis = window.Axes[index];
        string n = Int(index);
        if (!isClipped)
        {
            starts.Add(ConvolutionKernel.Terms(ConvolutionText.Times($"o{n}", axis.Stride), Int(-axis.Before)).Replace(" + -", " - "));
            taps.Add("0");
            counts.Add(Int(axis.Kernel));
            return;
        }

        // The kernel's first place may lie before the image, and its last one after it.
        int d = axis.Dilation;
        string position = ConvolutionText.Times($"o{n}", axis.Stride);
        writer.Line($"int p{n} = {(axis.Before == 0 ? position : $"{(axis.Stride > 1 ? $"({position})" : position)} - {Int(axis.Before)}")};");
        writer.Line($"int t{n} = p{n} < 0 ? {(d == 1 ? $"-p{n}" : $"({Int(d - 1)} - p{n}) / {Int(d)}")} : 0;");
        string inside = d == 1 ? $"{Int(axis.Size)} - p{n}" : $"({Int(axis.Size + d - 1)} - p{n}) / {Int(d)}";
        writer.Line($"int c{n} = (p{n} > {Int(axis.Size - 1 - ((axis.Kernel - 1) * d))} ? {inside} : {Int(axis.Kernel)}) - t{n};");
        starts.Add($"p{n} + {(d == 1 ? $"t{n}" : $"(t{n} * {Int(d)})")}");
        taps.Add($"t{n}");
        counts.Add($"c{n}");
    }

    /// <summary>Leaves the last axis, to enter it anew.</summary>
    public void Leave()
    {
        foreach (List<string> list in new[] { starts, taps, counts }) list.RemoveAt(list.Count - 1);
    }

    /// <summary>The first number of the image that is read, its group aside.</summary>
    public string Place() =>
        ConvolutionText.Times(ConvolutionText.Index(starts, [.. window.Axes.Select(axis => axis.Size)]), channels);

    /// <summary>The first weight that is read, its column aside.</summary>
    /// <param name="columns">Weights of a row.</param>
    public string Weight(int columns) =>
        ConvolutionText.Times(ConvolutionText.Index(taps, [.. window.Axes.Select(axis => axis.Kernel)]), OwnChannels * columns);

    /// <summary>The first number of the position.</summary>
    public string Position() => ConvolutionText.Times(
        ConvolutionText.Index([.. window.Axes.Select((_, axis) => $"o{Int(axis)}")], [.. window.Axes.Select(axis => axis.Count)]), filters);

    /// <summary>Numbers of a run.</summary>
    public string Length => IsRun ? ConvolutionText.Times(counts[counts.Count - 1], channels) : Int(OwnChannels);

    /// <summary>The loops around it: how often, and the steps in the image and in the weights.</summary>
    /// <param name="columns">Weights of a row.</param>
    public IReadOnlyList<(string Count, string First, string Second)> Levels(int columns)
    {
        var levels = new List<(string, string, string)>();
        int places = channels, rows = OwnChannels * columns;
        for (int index = window.Axes.Count - 1; index >= 0; index--)
        {
            WindowAxis axis = window.Axes[index];
            if (axis.Kernel > 1 && !(IsRun && index == window.Axes.Count - 1))
                levels.Insert(0, (counts[index], Int(axis.Dilation * places) + size, Int(rows)));
            places *= axis.Size;
            rows *= axis.Kernel;
        }

        return levels;
    }
}
