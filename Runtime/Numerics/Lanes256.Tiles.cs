using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using V = System.Runtime.Intrinsics.Vector256<float>;

namespace CompiledNets.Numerics;

// Register transposes of 8 x 8.
public readonly partial struct Lanes256
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Transpose(ref float source, int sourceOffset, int sourceStride, ref float target, int targetOffset, int targetStride)
    {
        if (!Avx.IsSupported)
        {
            TileFallback.Transpose(Count, ref source, sourceOffset, sourceStride, ref target, targetOffset, targetStride);
            return;
        }

        int o = sourceOffset, s = sourceStride;
        Four(Row(ref source, o), Row(ref source, o + s), Row(ref source, o + (2 * s)), Row(ref source, o + (3 * s)), out V a0, out V a1, out V a2, out V a3);
        o += 4 * s;
        Four(Row(ref source, o), Row(ref source, o + s), Row(ref source, o + (2 * s)), Row(ref source, o + (3 * s)), out V b0, out V b1, out V b2, out V b3);
        Cross(a0, b0, ref target, targetOffset, targetStride);
        Cross(a1, b1, ref target, targetOffset + targetStride, targetStride);
        Cross(a2, b2, ref target, targetOffset + (2 * targetStride), targetStride);
        Cross(a3, b3, ref target, targetOffset + (3 * targetStride), targetStride);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void GatherTranspose(ref float source, ref int row, int rowLength, int column, ref float target, int targetOffset)
    {
        if (!Avx.IsSupported)
        {
            TileFallback.GatherTranspose(Count, ref source, ref row, rowLength, column, ref target, targetOffset);
            return;
        }

        Four(At(ref source, ref row, 0, rowLength, column), At(ref source, ref row, 1, rowLength, column), At(ref source, ref row, 2, rowLength, column), At(ref source, ref row, 3, rowLength, column), out V a0, out V a1, out V a2, out V a3);
        Four(At(ref source, ref row, 4, rowLength, column), At(ref source, ref row, 5, rowLength, column), At(ref source, ref row, 6, rowLength, column), At(ref source, ref row, 7, rowLength, column), out V b0, out V b1, out V b2, out V b3);
        Cross(a0, b0, ref target, targetOffset, 8);
        Cross(a1, b1, ref target, targetOffset + 8, 8);
        Cross(a2, b2, ref target, targetOffset + 16, 8);
        Cross(a3, b3, ref target, targetOffset + 24, 8);
    }

    [MethodImpl(Inline)]
    private static V Row(ref float source, int offset) => Vector256.LoadUnsafe(ref source, (nuint)(uint)offset);

    [MethodImpl(Inline)]
    private static V At(ref float source, ref int row, int index, int rowLength, int column) =>
        Vector256.LoadUnsafe(ref source, ((nuint)(uint)Unsafe.Add(ref row, index) * (nuint)(uint)rowLength) + (nuint)(uint)column);

    // Four rows: 4 x 4 transposes inside each 128-bit part.
    [MethodImpl(Inline)]
    private static void Four(V a, V b, V c, V d, out V p, out V q, out V r, out V s)
    {
        Vector256<double> e = Avx.UnpackLow(a, b).AsDouble(), f = Avx.UnpackHigh(a, b).AsDouble();
        Vector256<double> g = Avx.UnpackLow(c, d).AsDouble(), h = Avx.UnpackHigh(c, d).AsDouble();
        p = Avx.UnpackLow(e, g).AsSingle();
        q = Avx.UnpackHigh(e, g).AsSingle();
        r = Avx.UnpackLow(f, h).AsSingle();
        s = Avx.UnpackHigh(f, h).AsSingle();
    }

    // Joins 128-bit parts; the results are rows 0 and 4 behind the offset.
    [MethodImpl(Inline)]
    private static void Cross(V a, V b, ref float target, int offset, int stride)
    {
        Vector256.StoreUnsafe(Avx.Permute2x128(a, b, 0x20), ref target, (nuint)(uint)offset);
        Vector256.StoreUnsafe(Avx.Permute2x128(a, b, 0x31), ref target, (nuint)(uint)(offset + (4 * stride)));
    }
}
