using System.Runtime.CompilerServices;
using CompiledNets.Execution;
using CompiledNets.Numerics;

namespace CompiledNets;

/// <summary>
/// The large kernels once more, in panels: the weights of some outputs follow each other input by input, so that a product reads them
/// from front to back; and those that Winograd's convolutions read, transformed. Weights stay where they are, in Keras's order; whoever
/// changes them tells this copy.
/// </summary>
/// <remarks>
/// A panel of a group has as many outputs as <see cref="NetworkProgram.PanelWidth"/> says, and the last one, where less than half of that
/// would be left for it, those of two. Panels of a group begin where the group does.
/// </remarks>
internal sealed class WeightPanels(NetworkDescription description, Arena parameters)
{
    private readonly Lock turn = new();
    private readonly PackedWeights packed = new(description, parameters);
    private NetworkProgram? reader;
    private int[] widths = [];
    private TransformedKernel[] kernels = [];
    private bool hasPanels;
    private Arena panels = new(0);
    private int changes = 1;
    private int copied;
    private int updates = 1;
    private int transformed;

    // What is not copied to its end is not there for other threads.
    private bool AreCopied => !hasPanels || Volatile.Read(ref copied) == Volatile.Read(ref changes);

    // An update changes some rows, and all of a kernel is transformed at once: when it is needed.
    private bool AreTransformed => kernels.Length == 0 || Volatile.Read(ref transformed) == Version;

    private bool CountsUpdates => kernels.Length > 0 || packed.IsUsed;

    private int Version => unchecked(Volatile.Read(ref changes) + Volatile.Read(ref updates));

    /// <summary>Notes that weights were changed by somebody who does not tell which.</summary>
    public void Invalidate() => Interlocked.Increment(ref changes);

    /// <summary>The panels that a program reads, made or brought up to date where they have to be; any thread may ask.</summary>
    public Arena For(NetworkProgram program)
    {
        if (ReferenceEquals(Volatile.Read(ref reader), program) && AreCopied && AreTransformed) return panels;
        lock (turn)
        {
            if (!ReferenceEquals(reader, program)) ReadBy(program);
            if (!AreCopied)
            {
                int now = Volatile.Read(ref changes);
                for (int group = 0; group < widths.Length; group++)
                    if (widths[group] > 0) Copy(group, 0, description.Groups[group].Rows);
                Volatile.Write(ref copied, now);
            }

            if (!AreTransformed)
            {
                int now = Version;
                foreach (ref readonly TransformedKernel kernel in kernels.AsSpan())
                    WinogradTransform.Run(kernel, parameters.Span, panels.Span);
                Volatile.Write(ref transformed, now);
            }
        }

        return panels;
    }

    /// <summary>The packed kernels that single samples of a program read, made anew where weights changed; any thread may ask.</summary>
    public Arena PackedFor(NetworkProgram program) => packed.For(program, Version);

    /// <summary>Notes that a step changed weights that no optimizer updates, as moving averages are.</summary>
    public void Update()
    {
        if (CountsUpdates) Interlocked.Increment(ref updates);
    }

    /// <summary>Copies rows of a group, whose weights were changed; nothing where there are no panels of them.</summary>
    public void Refresh(int group, int firstRow, int lastRow)
    {
        if (CountsUpdates) Interlocked.Increment(ref updates);
        if (hasPanels && widths[group] > 0 && AreCopied) Copy(group, firstRow, lastRow);
    }

    private void ReadBy(NetworkProgram program)
    {
        widths = [.. Enumerable.Range(0, description.Groups.Length).Select(program.PanelWidth)];
        hasPanels = widths.Any(width => width > 0);
        kernels = program.TransformedKernels;
        int needed = hasPanels ? description.ParameterSize : 0;
        foreach (ref readonly TransformedKernel kernel in kernels.AsSpan())
            needed = Math.Max(needed, checked(kernel.Place + kernel.Length));
        if (panels.Length < needed) panels = new(needed);
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
