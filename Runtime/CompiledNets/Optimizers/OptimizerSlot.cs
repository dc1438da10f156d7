using System.Runtime.CompilerServices;
using CompiledNets.Numerics;

namespace CompiledNets;

/// <summary>State of an optimizer that has a number for each parameter that trains. Its room is there from the first step on.</summary>
/// <param name="name">Keras's name: <c>momentum</c>.</param>
/// <param name="block">Slots of one block take turns variable by variable in Keras's list; blocks come one behind the other.</param>
/// <param name="layout">Where the state of parameters lies.</param>
/// <param name="initial">What it starts as.</param>
/// <param name="origin">What it starts as instead, where it is not one number.</param>
internal sealed class OptimizerSlot(string name, int block, StateLayout layout, float initial, Arena? origin)
{
    private Arena? values;

    public string Name { get; } = name;

    public int Block { get; } = block;

    /// <summary>All numbers.</summary>
    public Span<float> Values
    {
        get
        {
            Reserve();
            return values!.Span;
        }
    }

    /// <summary>The number of the parameter at an offset, once there is room.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref float At(int offset) => ref Unsafe.Add(ref values!.Start, layout.At(offset));

    /// <summary>The numbers of parameters that lie together.</summary>
    public Span<float> Of(int offset, int count) => Values.Slice(layout.At(offset), count);

    /// <summary>The numbers of parameters that lie together, as memory; what it would start as where there is no room for them.</summary>
    public ReadOnlyMemory<float> MemoryOf(int offset, int count)
    {
        if (layout.Has(offset))
        {
            Reserve();
            return values!.Memory.Slice(layout.At(offset), count);
        }

        float[] start = new float[count];
        if (origin is null) start.AsSpan().Fill(initial);
        else origin.Span.Slice(offset, count).CopyTo(start);
        return start;
    }

    /// <summary>Makes room for all that the layout has; what is new starts as it is to.</summary>
    public void Reserve()
    {
        if (values is not null && values.Length == layout.Length) return;
        Arena before = values ?? new(0);
        values = new(layout.Length);
        before.Span.CopyTo(values.Span);
        Start(before.Length);
    }

    /// <summary>Makes it what it starts as.</summary>
    public void Reset()
    {
        Reserve();
        Start(0);
    }

    // From a place in the state on.
    private void Start(int from)
    {
        Span<float> all = values!.Span;
        if (origin is null)
        {
            all[from..].Fill(initial);
            return;
        }

        foreach (StateRange range in layout.Ranges)
        {
            int skipped = Math.Max(0, from - range.Start);
            if (skipped >= range.Length) continue;
            origin.Span.Slice(range.Offset + skipped, range.Length - skipped).CopyTo(all[(range.Start + skipped)..]);
        }
    }
}
