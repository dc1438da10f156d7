namespace CompiledNets.Generator.Ops;

/// <summary>A kernel that moves over an image: how it meets each axis, and groups of channels that do not see each other.</summary>
/// <param name="Axes">The axes of the image, channels aside.</param>
/// <param name="Groups">Groups; the channels of each are multiplied with filters of their own.</param>
internal sealed record Window(IReadOnlyList<WindowAxis> Axes, int Groups)
{
    /// <summary>Places of the kernel.</summary>
    public int Taps => Axes.Aggregate(1, (taps, axis) => taps * axis.Kernel);

    /// <summary>Results.</summary>
    public int Positions => Axes.Aggregate(1, (positions, axis) => positions * axis.Count);

    /// <summary>Whether each result is made of one place of the image, its own.</summary>
    public bool IsOne => Groups == 1 && Axes.All(axis => axis is { Kernel: 1, Stride: 1 });

    /// <summary>What meets: a position of the result, a place of the kernel and one of the image, row by row; for the reference.</summary>
    public IEnumerable<(int Position, int Tap, int Place)> Meetings()
    {
        IEnumerable<(int Position, int Tap, int Place)> all = [(0, 0, 0)];
        foreach (WindowAxis axis in Axes)
        {
            all = all.SelectMany(_ => axis.Meetings(), (outer, own) =>
                ((outer.Position * axis.Count) + own.Position, (outer.Tap * axis.Kernel) + own.Tap, (outer.Place * axis.Size) + own.Place));
        }

        return all;
    }
}

/// <summary>How a kernel moves along an axis of an image.</summary>
/// <param name="Size">Places of the image.</param>
/// <param name="Kernel">Places of the kernel.</param>
/// <param name="Stride">Places of the image from one position to the next; 1 where there is a dilation.</param>
/// <param name="Dilation">Places of the image from one place of the kernel to the next.</param>
/// <param name="Before">Places by which the first position lies before the image.</param>
/// <param name="Count">Positions.</param>
internal sealed record WindowAxis(int Size, int Kernel, int Stride, int Dilation, int Before, int Count)
{
    /// <summary>Whether some positions reach beyond the image.</summary>
    public bool IsClipped => Before > 0 || ((Count - 1) * Stride) + ((Kernel - 1) * Dilation) >= Size;

    /// <summary>Positions, places of the kernel and of the image that meet.</summary>
    public IEnumerable<(int Position, int Tap, int Place)> Meetings()
    {
        for (int position = 0; position < Count; position++)
        {
            for (int tap = 0; tap < Kernel; tap++)
            {
                int place = (position * Stride) + (tap * Dilation) - Before;
                if (place >= 0 && place < Size) yield return (position, tap, place);
            }
        }
    }
}
