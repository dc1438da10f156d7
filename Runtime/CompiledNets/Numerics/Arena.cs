using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CompiledNets.Numerics;

/// <summary>
/// A block of floats that kernels work in: pinned, its start aligned to 64 bytes, and with a slack of 128 floats behind its end,
/// so that the last vector of an odd size may reach over it.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class Arena
{
    /// <summary>Floats behind the end that a vector access may touch.</summary>
    public const int Slack = 128;

    private const int Alignment = 64;

    /// <summary>Most floats that an arena can hold.</summary>
    internal static readonly int MostFloats = Array.MaxLength - Slack - (Alignment / sizeof(float));

    private readonly float[] floats;
    private readonly int start;

    /// <summary>Makes an arena of zeros.</summary>
    /// <param name="length">Floats it holds.</param>
    public Arena(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, MostFloats);
        floats = GC.AllocateArray<float>(length + Slack + (Alignment / sizeof(float)), pinned: true);
        nint address = Marshal.UnsafeAddrOfPinnedArrayElement(floats, 0);
        start = (int)((Alignment - (address % Alignment)) % Alignment / sizeof(float));
        Length = length;
    }

    /// <summary>Floats it holds, without the slack.</summary>
    public int Length { get; }

    /// <summary>Its first float.</summary>
    public ref float Start
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(floats), start);
    }

    /// <summary>Its contents, without the slack.</summary>
    public Span<float> Span => floats.AsSpan(start, Length);

    /// <summary>Its contents as memory, without the slack.</summary>
    public Memory<float> Memory => floats.AsMemory(start, Length);
}
