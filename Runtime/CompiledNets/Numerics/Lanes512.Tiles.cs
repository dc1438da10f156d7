using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using V = System.Runtime.Intrinsics.Vector512<float>;

namespace CompiledNets.Numerics;

// Register transposes.
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
        Four(Row(ref source, o), Row(ref source, o + s), Row(ref source, o + (2 * s)), Row(ref source, o + (3 * s)), out V a0, out V a1,
            out V a2, out V a3);
        o += 4 * s;
        Four(Row(ref source, o), Row(ref source, o + s), Row(ref source, o + (2 * s)), Row(ref source, o + (3 * s)), out V b0, out V b1,
            out V b2, out V b3);
        o += 4 * s;
        Four(Row(ref source, o), Row(ref source, o + s), Row(ref source, o + (2 * s)), Row(ref source, o + (3 * s)), out V c0, out V c1,
            out V c2, out V c3);
        o += 4 * s;
        Four(Row(ref source, o), Row(ref source, o + s), Row(ref source, o + (2 * s)), Row(ref source, o + (3 * s)), out V d0, out V d1,
            out V d2, out V d3);
        int t = targetOffset, four = 4 * targetStride;
        Cross(a0, b0, c0, d0, ref target, t, four);
        Cross(a1, b1, c1, d1, ref target, t + targetStride, four);
        Cross(a2, b2, c2, d2, ref target, t + (2 * targetStride), four);
        Cross(a3, b3, c3, d3, ref target, t + (3 * targetStride), four);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void GatherRows(ref float source, ref int row, int rowLength, ref float target, int targetOffset)
    {
        if (!Avx512F.IsSupported)
        {
            TileFallback.GatherRows(Count, ref source, ref row, rowLength, ref target, targetOffset);
            return;
        }

        nuint r0 = Start(ref row, 0, rowLength), r1 = Start(ref row, 1, rowLength), r2 = Start(ref row, 2, rowLength),
            r3 = Start(ref row, 3, rowLength);
        nuint r4 = Start(ref row, 4, rowLength), r5 = Start(ref row, 5, rowLength), r6 = Start(ref row, 6, rowLength),
            r7 = Start(ref row, 7, rowLength);
        nuint r8 = Start(ref row, 8, rowLength), r9 = Start(ref row, 9, rowLength), r10 = Start(ref row, 10, rowLength),
            r11 = Start(ref row, 11, rowLength);
        nuint r12 = Start(ref row, 12, rowLength), r13 = Start(ref row, 13, rowLength), r14 = Start(ref row, 14, rowLength),
            r15 = Start(ref row, 15, rowLength);
        for (int column = 0; ; column = Math.Min(column + 4, rowLength - 4))
        {
            Four(
                Parts(ref source, column, r0, r4, r8, r12), Parts(ref source, column, r1, r5, r9, r13),
                    Parts(ref source, column, r2, r6, r10, r14), Parts(ref source, column, r3, r7, r11, r15),
                out V a, out V b, out V c, out V d);
            int to = targetOffset + (column * 16);
            Vector512.StoreUnsafe(a, ref target, (nuint)(uint)to);
            Vector512.StoreUnsafe(b, ref target, (nuint)(uint)(to + 16));
            Vector512.StoreUnsafe(c, ref target, (nuint)(uint)(to + 32));
            Vector512.StoreUnsafe(d, ref target, (nuint)(uint)(to + 48));
            if (column + 4 >= rowLength) return;
        }
    }

    [MethodImpl(Inline)]
    private static V Row(ref float source, int offset) => Vector512.LoadUnsafe(ref source, (nuint)(uint)offset);

    [MethodImpl(Inline)]
    private static nuint Start(ref int row, int index, int rowLength) => (nuint)(uint)Unsafe.Add(ref row, index) * (nuint)(uint)rowLength;

    // Four columns of four rows, one row in each 128-bit part.
    [MethodImpl(Inline)]
    private static V Parts(ref float source, int column, nuint a, nuint b, nuint c, nuint d)
    {
        nuint from = (nuint)(uint)column;
        return Vector512.Create(
            Vector256.Create(Vector128.LoadUnsafe(ref source, a + from), Vector128.LoadUnsafe(ref source, b + from)),
            Vector256.Create(Vector128.LoadUnsafe(ref source, c + from), Vector128.LoadUnsafe(ref source, d + from)));
    }

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
        V e = Avx512F.Shuffle4x128(a, b, 0x44), f = Avx512F.Shuffle4x128(a, b, 0xEE), g = Avx512F.Shuffle4x128(c, d, 0x44),
            h = Avx512F.Shuffle4x128(c, d, 0xEE);
        Vector512.StoreUnsafe(Avx512F.Shuffle4x128(e, g, 0x88), ref target, (nuint)(uint)offset);
        Vector512.StoreUnsafe(Avx512F.Shuffle4x128(e, g, 0xDD), ref target, (nuint)(uint)(offset + fourRows));
        Vector512.StoreUnsafe(Avx512F.Shuffle4x128(f, h, 0x88), ref target, (nuint)(uint)(offset + (2 * fourRows)));
        Vector512.StoreUnsafe(Avx512F.Shuffle4x128(f, h, 0xDD), ref target, (nuint)(uint)(offset + (3 * fourRows)));
    }
}
