using CompiledNets.Execution;

namespace CompiledNets;

/// <summary>
/// Where an optimizer's state for parameters lies: there is room for those that train, or did before they were frozen, and for no others.
/// What is there already stays in its place when more come.
/// </summary>
/// <param name="parameters">Floats of the parameters; all have room until <see cref="Choose"/> says otherwise.</param>
internal sealed class StateLayout(int parameters)
{
    /// <summary>Ranges begin and end at multiples of it, as groups of parameters begin.</summary>
    private const int Granule = 16;

    private readonly List<StateRange> ranges = [new(0, parameters, 0)];
    private bool[]? stillBefore;
    // Where nothing was frozen there is one range, which lies that much further than its parameters.
    private bool isOneRange = true;
    private int shift;

    /// <summary>Floats of the state.</summary>
    public int Length { get; private set; } = parameters;

    /// <summary>What has room, in the order of the parameters.</summary>
    public IReadOnlyList<StateRange> Ranges => ranges;

    /// <summary>Whether it was told what trains.</summary>
    public bool IsChosen => stillBefore is not null;

    /// <summary>Whether the parameter at an offset has room.</summary>
    public bool Has(int offset) => ranges.Exists(range => range.Has(offset));

    /// <summary>Where the state of the parameter at an offset lies.</summary>
    public int At(int offset) => isOneRange ? offset + shift : Find(offset);

    private int Find(int offset)
    {
        int low = 0, high = ranges.Count - 1;
        while (low < high)
        {
            int middle = (low + high + 1) / 2;
            if (ranges[middle].Offset <= offset) low = middle;
            else high = middle - 1;
        }

        return offset - ranges[low].Offset + ranges[low].Start;
    }

    /// <summary>Makes room for what trains now.</summary>
    /// <param name="groups">The parameters that could train.</param>
    /// <param name="still">By layer, whether its weights stay as they are.</param>
    public void Choose(ParameterGroup[] groups, bool[] still)
    {
        if (stillBefore is null)
        {
            ranges.Clear();
            Length = 0;
            stillBefore = new bool[still.Length];
        }
        else if (still.AsSpan().SequenceEqual(stillBefore))
        {
            return;
        }

        still.CopyTo(stillBefore, 0);
        foreach (ParameterGroup group in groups)
        {
            if (still[group.Layer] || ranges.Exists(range => range.Has(group.Offset))) continue;
            Add(new(group.Offset, ((group.Rows * group.Columns) + Granule - 1) / Granule * Granule, Length));
        }

        isOneRange = ranges.Count == 1;
        shift = isOneRange ? ranges[0].Start - ranges[0].Offset : 0;
    }

    private void Add(StateRange range)
    {
        Length += range.Length;
        int at = ranges.FindIndex(other => other.Offset > range.Offset);
        if (at < 0) at = ranges.Count;
        if (at > 0 && ranges[at - 1] is var before && before.Offset + before.Length == range.Offset && before.Start
            + before.Length == range.Start)
            ranges[at - 1] = before with { Length = before.Length + range.Length };
        else
            ranges.Insert(at, range);
    }
}

/// <summary>A run of parameters that have state.</summary>
/// <param name="Offset">Where it begins in the parameters, in floats.</param>
/// <param name="Length">Its floats.</param>
/// <param name="Start">Where it begins in the state.</param>
internal readonly record struct StateRange(int Offset, int Length, int Start)
{
    /// <summary>Whether the parameter at an offset is in it.</summary>
    public bool Has(int offset) => offset >= Offset && offset < Offset + Length;
}
