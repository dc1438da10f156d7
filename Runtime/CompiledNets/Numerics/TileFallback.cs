using System.Runtime.CompilerServices;

namespace CompiledNets.Numerics;

/// <summary>Transposes for a width that the machine has no instructions for: right, not fast.</summary>
internal static class TileFallback
{
    public static void Transpose(int count, ref float source, int sourceOffset, int sourceStride, ref float target, int targetOffset,
        int targetStride)
    {
        // Through a copy, since source and target may be the same place.
        Span<float> tile = stackalloc float[count * count];
        for (int i = 0; i < count; i++)
            for (int j = 0; j < count; j++) tile[(j * count) + i] = Unsafe.Add(ref source, sourceOffset + (i * sourceStride) + j);
        for (int j = 0; j < count; j++)
            for (int i = 0; i < count; i++) Unsafe.Add(ref target, targetOffset + (j * targetStride) + i) = tile[(j * count) + i];
    }

    public static void GatherRows(int count, ref float source, ref int row, int rowLength, ref float target, int targetOffset)
    {
        for (int i = 0; i < count; i++)
            for (int j = 0; j < rowLength; j++)
                Unsafe.Add(ref target, targetOffset + (j * count) + i) =
                    Unsafe.Add(ref source, ((nint)Unsafe.Add(ref row, i) * rowLength) + j);
    }
}
