using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CompiledNets;

/// <summary>
/// Where the rows of one input or output lie: in a tensor, in memory of the user, or in a span that is pinned for the length of a call.
/// </summary>
internal readonly unsafe struct RowSource
{
    private readonly Rows? rows;
    private readonly ReadOnlyMemory<float> memory;
    private readonly void* pinned;

    /// <summary>Rows of a tensor.</summary>
    public RowSource(Rows rows) => this.rows = rows;

    /// <summary>Rows of memory.</summary>
    public RowSource(ReadOnlyMemory<float> memory) => this.memory = memory;

    /// <summary>Rows that are pinned for as long as this is used.</summary>
    public RowSource(float* pinned) => this.pinned = pinned;

    /// <summary>The first number.</summary>
    public ref float Start
    {
        get
        {
            if (rows is not null) return ref rows.Start;
            if (pinned is not null) return ref Unsafe.AsRef<float>(pinned);
            return ref MemoryMarshal.GetReference(memory.Span);
        }
    }
}
