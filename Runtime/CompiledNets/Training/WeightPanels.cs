using System.Runtime.CompilerServices;
using CompiledNets.Execution;
using CompiledNets.Numerics;

namespace CompiledNets;

/// <summary>
/// The large kernels once more, in panels: the weights of some outputs follow each other input by input, so that a product reads them
/// from front to back. Weights stay where they are, in Keras's order; whoever changes them tells this copy.
/// </summary>
/// <remarks>
/// A panel of a group has as many outputs as <see cref="NetworkProgram.PanelWidth"/> says, and the last one, where less than half of that
/// would be left for it, those of two. Panels of a group begin where the group does.
/// </remarks>
internal sealed class WeightPanels(NetworkDescription description, Arena parameters)
{
    private readonly Lock turn = new();
    private NetworkProgram? reader;
    private int[] widths = [];
    private bool hasPanels;
    private Arena panels = new(0);
    private int changes = 1;
    private int copied;

    // What is not copied to its end is not there for other threads.
    private bool AreCopied => Volatile.Read(ref copied) == Volatile.Read(ref changes);

    /// <summary>Notes that weights were changed by somebody who does not tell which.</summary>
    public void Invalidate() => Interlocked.Increment(ref changes);

    /// <summary>The panels that a program reads, made or brought up to date where they have to be; any thread may ask.</summary>
    public Arena For(NetworkProgram program)
    {
        if (ReferenceEquals(Volatile.Read(ref reader), program) && (!hasPanels || AreCopied)) return panels;
        lock (turn)
        {
            if (!ReferenceEquals(reader, program)) ReadBy(program);
            if (!hasPanels || AreCopied) return panels;
            int now = Volatile.Read(ref changes);
            if (panels.Length < description.ParameterSize) panels = new(description.ParameterSize);
            for (int group = 0; group < widths.Length; group++)
                if (widths[group] > 0) Copy(group, 0, description.Groups[group].Rows);
            Volatile.Write(ref copied, now);
        }

        return panels;
    }

    /// <summary>Copies rows of a group, whose weights were changed; nothing where there are no panels of them.</summary>
    public void Refresh(int group, int firstRow, int lastRow)
    {
        if (hasPanels && widths[group] > 0 && AreCopied) Copy(group, firstRow, lastRow);
    }

    private void ReadBy(NetworkProgram program)
    {
        widths = [.. Enumerable.Range(0, description.Groups.Length).Select(program.PanelWidth)];
        hasPanels = widths.Any(width => width > 0);
        Invalidate();
        Volatile.Write(ref reader, program);
    }

    private void Copy(int index, int firstRow, int lastRow)
    {
        ParameterGroup group = description.Groups[index];
        ReadOnlySpan<float> weights = parameters.Span.Slice(group.Offset, group.Rows * group.Columns);
        Span<float> target = panels.Span.Slice(group.Offset, group.Rows * group.Columns);
        for (int n = 0, columns; n < group.Columns; n += columns)
        {
            columns = Columns(n, group.Columns, widths[index]);
            Span<float> panel = target.Slice(n * group.Rows, columns * group.Rows);
            for (int k = firstRow; k < lastRow; k++)
                weights.Slice((k * group.Columns) + n, columns).CopyTo(panel[(k * columns)..]);
        }
    }

    // Generated code has the same rule.
    private static int Columns(int first, int all, int width) => all - first < width + (width / 2) ? all - first : width;
}
