using System.Runtime.CompilerServices;
using CompiledNets.Numerics;

namespace CompiledNets;

/// <summary>State of an optimizer that has a number for each parameter, laid out as the parameters are.</summary>
/// <param name="name">Keras's name: <c>momentum</c>.</param>
/// <param name="block">Slots of one block take turns variable by variable in Keras's list; blocks come one behind the other.</param>
/// <param name="length">Floats.</param>
/// <param name="initial">What it starts as.</param>
internal sealed class OptimizerSlot(string name, int block, int length, float initial)
{
    private readonly Arena values = Filled(length, initial);

    public string Name { get; } = name;

    public int Block { get; } = block;

    public Span<float> Values => values.Span;

    /// <summary>The number of the parameter at an offset.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref float At(int offset) => ref Unsafe.Add(ref values.Start, offset);

    /// <summary>Makes it what it starts as.</summary>
    public void Reset() => Values.Fill(initial);

    private static Arena Filled(int length, float initial)
    {
        Arena arena = new(length);
        arena.Span.Fill(initial);
        return arena;
    }
}
