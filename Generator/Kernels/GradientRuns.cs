using CompiledNets.Generator.Emit;
using CompiledNets.Generator.Ops;
using static CompiledNets.Generator.Emit.CodeWriter;

namespace CompiledNets.Generator.Kernels;

/// <summary>
/// The runs that the gradient of a place of the image reads: a run of filters for each tap that reaches the place from a position, taps
/// upwards and positions downwards.
/// </summary>
/// <param name="writer">Where loops are written.</param>
/// <param name="window">The window.</param>
/// <param name="ownChannels">Channels of a group.</param>
/// <param name="filters">Filters.</param>
/// <param name="size">Floats from a number to the next in a value of samples.</param>
internal sealed class GradientRuns(CodeWriter writer, Window window, int ownChannels, int filters, string size = " * T.Count")
{
    private readonly List<string> positions = [], taps = [], counts = [];

    /// <summary>Opens the loop over places of an axis of the image.</summary>
    public void OpenPlace(int index)
    {
        writer.Open($"for (int i{Int(index)} = 0; i{Int(index)} < {Int(window.Axes[index].Size)}; i{Int(index)}++)");
        At(index, isClipped: true);
    }

    /// <summary>
    /// Writes what there is to compute of the taps that reach a place of an axis, the variable <c>i</c> with the axis's number.
    /// </summary>
    /// <param name="index">The axis.</param>
    /// <param name="isClipped">Whether there may be no position for some of them.</param>
    public void At(int index, bool isClipped)
    {
        WindowAxis axis = window.Axes[index];
        string n = Int(index);
        if (!IsLevel(axis))
        {
            positions.Add($"i{n}");
            taps.Add("0");
            counts.Add("1");
            return;
        }

        // Tap u + stride * j reaches the place from position q - dilation * j.
        int s = axis.Stride, d = axis.Dilation;
        string place = axis.Before == 0 ? $"i{n}" : $"i{n} + {Int(axis.Before)}", u = "0";
        if (s > 1)
        {
            string grouped = axis.Before == 0 ? place : $"({place})";
            writer.Line($"int u{n} = {grouped} % {Int(s)}, q{n} = {grouped} / {Int(s)};");
            u = $"u{n}";
        }
        else
        {
            writer.Line($"int q{n} = {place};");
        }

        if (!isClipped)
        {
            positions.Add($"q{n}");
            taps.Add(u);
            counts.Add(s > 1 ? $"({Int(axis.Kernel + s - 1)} - u{n}) / {Int(s)}" : Int(axis.Kernel));
            return;
        }

        string skipped = d == 1 ? $"q{n} - {Int(axis.Count - 1)}" : $"(q{n} - {Int(axis.Count - d)}) / {Int(d)}";
        writer.Line($"int j{n} = q{n} < {Int(axis.Count)} ? 0 : {skipped};");
        string ofTaps = s > 1 ? $"({Int(axis.Kernel + s - 1)} - u{n}) / {Int(s)}" : Int(axis.Kernel), ofPositions = d == 1 ? $"q{n}"
            : $"(q{n} / {Int(d)})";
        writer.Line($"int c{n} = ({ofPositions} < {(s > 1 ? $"(({ofTaps}) - 1)" : Int(axis.Kernel - 1))} ? {ofPositions} + 1 : " +
            $"{ofTaps}) - j{n};");
        positions.Add($"q{n} - {(d == 1 ? $"j{n}" : $"(j{n} * {Int(d)})")}");
        taps.Add(ConvolutionKernel.Terms(u, ConvolutionText.Times($"j{n}", s)));
        counts.Add($"c{n}");
    }

    /// <summary>Leaves the last axis, to enter it anew.</summary>
    public void Leave()
    {
        foreach (List<string> list in new[] { positions, taps, counts }) list.RemoveAt(list.Count - 1);
    }

    /// <summary>The first number of the gradient that is read, its group aside.</summary>
    public string Position() =>
        ConvolutionText.Times(ConvolutionText.Index(positions, [.. window.Axes.Select(axis => axis.Count)]), filters);

    /// <summary>The first weight that is read, row and group aside.</summary>
    public string Weight() =>
        ConvolutionText.Times(ConvolutionText.Index(taps, [.. window.Axes.Select(axis => axis.Kernel)]), ownChannels * filters);

    /// <summary>The first number of the place.</summary>
    public string Place(int channels) => ConvolutionText.Times(
        ConvolutionText.Index([.. window.Axes.Select((_, axis) => $"i{Int(axis)}")], [.. window.Axes.Select(axis => axis.Size)]), channels);

    /// <summary>The loops around a run: how often, and the steps back in the gradient and forth in the weights.</summary>
    public IReadOnlyList<(string Count, string First, string Second)> Levels()
    {
        var levels = new List<(string, string, string)>();
        int places = filters, rows = ownChannels * filters;
        for (int index = window.Axes.Count - 1; index >= 0; index--)
        {
            WindowAxis axis = window.Axes[index];
            if (IsLevel(axis)) levels.Insert(0, (counts[index], Int(axis.Dilation * places) + size, Int(axis.Stride * rows)));
            places *= axis.Count;
            rows *= axis.Kernel;
        }

        return levels;
    }

    private static bool IsLevel(WindowAxis axis) => axis.Kernel > 1 || axis.Stride > 1;
}
