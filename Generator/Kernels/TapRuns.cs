using CompiledNets.Generator.Emit;
using CompiledNets.Generator.Ops;
using static CompiledNets.Generator.Emit.CodeWriter;

namespace CompiledNets.Generator.Kernels;

/// <summary>
/// The positions at which a tap of the kernel, the variable <c>tap</c>, meets the image: for each axis the first one and how many.
/// </summary>
internal sealed class TapRuns
{
    private readonly Window window;
    private readonly int channels;
    private readonly List<string> places = [], positions = [], counts = [];

    /// <summary>Writes what there is to compute of them.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="window">The window.</param>
    /// <param name="channels">Channels of the image.</param>
    /// <param name="isCut">
    /// Whether positions of the first axis are those from the variable <c>line</c> to <c>below</c>; where none meets, the loop goes on.
    /// </param>
    public TapRuns(CodeWriter writer, Window window, int channels, bool isCut = false)
    {
        (this.window, this.channels) = (window, channels);
        int inner = window.Taps, outer = 1;
        for (int index = 0; index < window.Axes.Count; index++)
        {
            WindowAxis axis = window.Axes[index];
            inner /= axis.Kernel;
            string tap = axis.Kernel == 1 ? "0" : inner == 1 ? "tap" : $"tap / {Int(inner)}";
            if (axis.Kernel > 1 && outer > 1) tap += $" % {Int(axis.Kernel)}";
            outer *= axis.Kernel;
            Axis(writer, axis, Int(index), tap, isCut && index == 0);
        }
    }

    /// <summary>The first number of the image that is read, its channel aside.</summary>
    public string Place() =>
        ConvolutionText.Times(ConvolutionText.Index(places, [.. window.Axes.Select(axis => axis.Size)]), channels);

    /// <summary>The first position.</summary>
    public string Position() => ConvolutionText.Index(positions, [.. window.Axes.Select(axis => axis.Count)]);

    /// <summary>The loops over them: how often, and the steps in the image and in the gradient.</summary>
    /// <param name="size">Floats from a position of the gradient to the next.</param>
    public IReadOnlyList<(string Count, string First, string Second)> Levels(string size)
    {
        var levels = new List<(string, string, string)>();
        int place = channels, position = 1;
        for (int index = window.Axes.Count - 1; index >= 0; index--)
        {
            WindowAxis axis = window.Axes[index];
            levels.Insert(0, (counts[index], $"{Int(axis.Stride * place)} * T.Count", ConvolutionText.Times(size, position)));
            place *= axis.Size;
            position *= axis.Count;
        }

        return levels;
    }

    private void Axis(CodeWriter writer, WindowAxis axis, string n, string tap, bool isCut)
    {
        int s = axis.Stride, d = axis.Dilation;
        string offset = ConvolutionText.Times(tap.Contains('%') || (tap.Contains('/') && d > 1) ? $"({tap})" : tap, d);
        if (!axis.IsClipped)
        {
            places.Add(isCut ? ConvolutionKernel.Terms(offset, ConvolutionText.Times("line", s)) : offset);
            positions.Add(isCut ? "line" : "0");
            counts.Add(isCut ? "below - line" : Int(axis.Count));
            return;
        }

        // Position o meets the place stride * o + z.
        writer.Line($"int z{n} = {(axis.Before == 0 ? offset : $"{(offset.Contains(' ') ? $"({offset})" : offset)} - {Int(axis.Before)}")};");
        writer.Line($"int p{n} = z{n} < 0 ? {(s == 1 ? $"-z{n}" : $"({Int(s - 1)} - z{n}) / {Int(s)}")} : 0;");
        string last = s == 1 ? $"{Int(axis.Size)} - z{n}" : $"({Int(axis.Size + s - 1)} - z{n}) / {Int(s)}";
        writer.Line($"int c{n} = (z{n} > {Int(axis.Size - 1 - ((axis.Count - 1) * s))} ? {last} : {Int(axis.Count)}) - p{n};");
        if (isCut)
        {
            writer.Line($"c{n} = (p{n} + c{n} < below ? p{n} + c{n} : below) - (p{n} > line ? p{n} : line);");
            writer.Line($"if (c{n} < 1) continue;");
            writer.Line($"if (p{n} < line) p{n} = line;");
        }

        places.Add($"z{n} + {ConvolutionText.Times($"p{n}", s)}");
        positions.Add($"p{n}");
        counts.Add($"c{n}");
    }
}
