using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using V = System.Runtime.Intrinsics.Vector512<float>;

namespace CompiledNets.Numerics;

// Register transposes of 16 x 16.
public readonly partial struct Lanes512
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Transpose(ref float source, int sourceOffset, int sourceStride, ref float target, int targetOffset, int targetStride)
    {
        if (!Avx512F.IsSupported)
        {
            TileFallback.Transpose(Count, ref source, sourceOffset, sourceStride, ref target, targetOffset, targetStride);
            return;
        }

        int o = sourceOffset, s = sourceStride;
        Four(Row(ref source, o), Row(ref source, o + s), Row(ref source, o + (2 * s)), Row(ref source, o + (3 * s)), out V a0, out V a1, out V a2, out V a3);
        o += 4 * s;
        Four(Row(ref source, o), Row(ref source, o + s), Row(ref source, o + (2 * s)), Row(ref source, o + (3 * s)), out V b0, out V b1, out V b2, out V b3);
        o += 4 * s;
        Four(Row(ref source, o), Row(ref source, o + s), Row(ref source, o + (2 * s)), Row(ref source, o + (3 * s)), out V c0, out V c1, out V c2, out V c3);
        o += 4 * s;
        Four(Row(ref source, o), Row(ref source, o + s), Row(ref source, o + (2 * s)), Row(ref source, o + (3 * s)), out V d0, out V d1, out V d2, out V d3);
        int t = targetOffset, four = 4 * targetStride;
        Cross(a0, b0, c0, d0, ref target, t, four);
        Cross(a1, b1, c1, d1, ref target, t + targetStride, four);
        Cross(a2, b2, c2, d2, ref target, t + (2 * targetStride), four);
        Cross(a3, b3, c3, d3, ref target, t + (3 * targetStride), four);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void GatherTranspose(ref float source, ref int row, int rowLength, int column, ref float target, int targetOffset)
    {
        if (!Avx512F.IsSupported)
        {
            TileFallback.GatherTranspose(Count, ref source, ref row, rowLength, column, ref target, targetOffset);
            return;
        }

        Four(At(ref source, ref row, 0, rowLength, column), At(ref source, ref row, 1, rowLength, column), At(ref source, ref row, 2, rowLength, column), At(ref source, ref row, 3, rowLength, column), out V a0, out V a1, out V a2, out V a3);
        Four(At(ref source, ref row, 4, rowLength, column), At(ref source, ref row, 5, rowLength, column), At(ref source, ref row, 6, rowLength, column), At(ref source, ref row, 7, rowLength, column), out V b0, out V b1, out V b2, out V b3);
        Four(At(ref source, ref row, 8, rowLength, column), At(ref source, ref row, 9, rowLength, column), At(ref source, ref row, 10, rowLength, column), At(ref source, ref row, 11, rowLength, column), out V c0, out V c1, out V c2, out V c3);
        Four(At(ref source, ref row, 12, rowLength, column), At(ref source, ref row, 13, rowLength, column), At(ref source, ref row, 14, rowLength, column), At(ref source, ref row, 15, rowLength, column), out V d0, out V d1, out V d2, out V d3);
        Cross(a0, b0, c0, d0, ref target, targetOffset, 64);
        Cross(a1, b1, c1, d1, ref target, targetOffset + 16, 64);
        Cross(a2, b2, c2, d2, ref target, targetOffset + 32, 64);
        Cross(a3, b3, c3, d3, ref target, targetOffset + 48, 64);
    }

    [MethodImpl(Inline)]
    private static V Row(ref float source, int offset) => Vector512.LoadUnsafe(ref source, (nuint)(uint)offset);

    [MethodImpl(Inline)]
    private static V At(ref float source, ref int row, int index, int rowLength, int column) =>
        Vector512.LoadUnsafe(ref source, ((nuint)(uint)Unsafe.Add(ref row, index) * (nuint)(uint)rowLength) + (nuint)(uint)column);

    // Four rows: 4 x 4 transposes inside each 128-bit part.
    [MethodImpl(Inline)]
    private static void Four(V a, V b, V c, V d, out V p, out V q, out V r, out V s)
    {
        Vector512<double> e = Avx512F.UnpackLow(a, b).AsDouble(), f = Avx512F.UnpackHigh(a, b).AsDouble();
        Vector512<double> g = Avx512F.UnpackLow(c, d).AsDouble(), h = Avx512F.UnpackHigh(c, d).AsDouble();
        p = Avx512F.UnpackLow(e, g).AsSingle();
        q = Avx512F.UnpackHigh(e, g).AsSingle();
        r = Avx512F.UnpackLow(f, h).AsSingle();
        s = Avx512F.UnpackHigh(f, h).AsSingle();
    }

    // A 4 x 4 transpose of 128-bit parts; the results are rows 0, 4, 8 and 12 behind the offset.
    [MethodImpl(Inline)]
    private static void Cross(V a, V b, V c, V d, ref float target, int offset, int fourRows)
    {
        V e = Avx512F.Shuffle4x128(a, b, 0x44), f = Avx512F.Shuffle4x128(a, b, 0xEE), g = Avx512F.Shuffle4x128(c, d, 0x44), h = Avx512F.Shuffle4x128(c, d, 0xEE);
        Vector512.StoreUnsafe(Avx512F.Shuffle4x128(e, g, 0x88), ref target, (nuint)(uint)offset);
        Vector512.StoreUnsafe(Avx512F.Shuffle4x128(e, g, 0xDD), ref target, (nuint)(uint)(offset + fourRows));
        Vector512.StoreUnsafe(Avx512F.Shuffle4x128(f, h, 0x88), ref target, (nuint)(uint)(offset + (2 * fourRows)));
        Vector512.StoreUnsafe(Avx512F.Shuffle4x128(f, h, 0xDD), ref target, (nuint)(uint)(offset + (3 * fourRows)));
    }
}
