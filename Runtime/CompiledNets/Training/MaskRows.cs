using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using CompiledNets.Execution;

namespace CompiledNets;

/// <summary>Which steps of an output are there, in the lane blocks of an arena that was worked.</summary>
/// <param name="start">The first number of the arena.</param>
/// <param name="head">Where the output's mask lies in a block.</param>
/// <param name="blockSize">Features of a block.</param>
internal readonly ref struct MaskRows(ref float start, in HeadLayout head, int blockSize)
{
    private readonly ref float start = ref start;
    private readonly int place = head.Mask;
    private readonly int blockSize = blockSize;

    /// <summary>Steps of a sample; 0 where all are there.</summary>
    public int Size { get; } = head.MaskSize;

    /// <summary>The lanes of a block at a step: 1 where it is there, else 0.</summary>
    public ReadOnlySpan<float> Vector(int block, int step, int lanes) =>
        MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref start, ((block * blockSize) + place + step) * lanes), lanes);
}
