using CompiledNets.Generator.Emit;
using CompiledNets.Generator.Ops;
using static CompiledNets.Generator.Emit.CodeWriter;

namespace CompiledNets.Generator.Kernels;

/// <summary>The positions at which a tap of the kernel, the variable <c>tap</c>, meets the image: for each axis the first one and how many.</summary>
internal sealed class TapRuns
{
    private readonly Window window;
    private readonly int channels, filters;
    private readonly List<string> places = [], positions = [], counts = [];

    /// <summary>Writes what there is to compute of them.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="window">The window.</param>
    /// <param name="channels">Channels of the image.</param>
    /// <param name="filters">Filters.</param>
    public TapRuns(CodeWriter writer, Window window, int channels, int filters)
    {
        (this.window, this.channels, this.filters) = (window, channels, filters);
        int inner = window.Taps, outer = 1;
        for (int index = 0; index < window.Axes.Count; index++)
        {
            WindowAxis axis = window.Axes[index];
            inner /= axis.Kernel;
            string tap = axis.Kernel == 1 ? "0" : inner == 1 ? "tap" : $"tap / {Int(inner)}";
            if (axis.Kernel > 1 && outer > 1) tap += $" % {Int(axis.Kernel)}";
            outer *= axis.Kernel;
            Axis(writer, axis, Int(index), tap);
        }
    }

    /// <summary>The first number of the image that is read, its channel aside.</summary>
    public string Place() =>
        ConvolutionText.Times(ConvolutionText.Index(places, [.. window.Axes.Select(axis => axis.Size)]), channels);

    /// <summary>The first number of the gradient that is read, its column aside.</summary>
    public string Position() =>
        ConvolutionText.Times(ConvolutionText.Index(positions, [.. window.Axes.Select(axis => axis.Count)]), filters);

    /// <summary>The loops over them: how often, and the steps in the image and in the gradient.</summary>
    public IReadOnlyList<(string Count, string First, string Second)> Levels()
    {
        var levels = new List<(string, string, string)>();
        int place = channels, position = filters;
        for (int index = window.Axes.Count - 1; index >= 0; index--)
        {
            WindowAxis axis = window.Axes[index];
            levels.Insert(0, (counts[index], $"{Int(axis.Stride * place)} * T.Count", $"{Int(position)} * T.Count"));
            place *= axis.Size;
            position *= axis.Count;
        }

        return levels;
    }

    private void Axis(CodeWriter writer, WindowAxis axis, string n, string tap)
    {
        int s = axis.Stride, d = axis.Dilation;
        string offset = ConvolutionText.Times(tap.Contains('%') || (tap.Contains('/') && d > 1) ? $"({tap})" : tap, d);
        if (!axis.IsClipped)
        {
            places.Add(offset);
            positions.Add("0");
            counts.Add(Int(axis.Count));
            return;
        }

        // Position o meets the place stride * o + z.
        writer.Line($"int z{n} = {(axis.Before == 0 ? offset : $"{(offset.Contains(' ') ? $"({offset})" : offset)} - {Int(axis.Before)}")};");
        writer.Line($"int p{n} = z{n} < 0 ? {(s == 1 ? $"-z{n}" : $"({Int(s - 1)} - z{n}) / {Int(s)}")} : 0;");
        string last = s == 1 ? $"{Int(axis.Size)} - z{n}" : $"({Int(axis.Size + s - 1)} - z{n}) / {Int(s)}";
        writer.Line($"int c{n} = (z{n} > {Int(axis.Size - 1 - ((axis.Count - 1) * s))} ? {last} : {Int(axis.Count)}) - p{n};");
        places.Add($"z{n} + {ConvolutionText.Times($"p{n}", s)}");
        positions.Add($"p{n}");
        counts.Add($"c{n}");
    }
}
