using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using V = System.Runtime.Intrinsics.Vector256<float>;

namespace CompiledNets.Numerics;

// Register transposes.
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
        Four(Row(ref source, o), Row(ref source, o + s), Row(ref source, o + (2 * s)), Row(ref source, o + (3 * s)), out V a0, out V a1,
            out V a2, out V a3);
        o += 4 * s;
        Four(Row(ref source, o), Row(ref source, o + s), Row(ref source, o + (2 * s)), Row(ref source, o + (3 * s)), out V b0, out V b1,
            out V b2, out V b3);
        Cross(a0, b0, ref target, targetOffset, targetStride);
        Cross(a1, b1, ref target, targetOffset + targetStride, targetStride);
        Cross(a2, b2, ref target, targetOffset + (2 * targetStride), targetStride);
        Cross(a3, b3, ref target, targetOffset + (3 * targetStride), targetStride);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void GatherRows(ref float source, ref int row, int rowLength, ref float target, int targetOffset)
    {
        if (!Avx.IsSupported)
        {
            TileFallback.GatherRows(Count, ref source, ref row, rowLength, ref target, targetOffset);
            return;
        }

        nuint r0 = Start(ref row, 0, rowLength), r1 = Start(ref row, 1, rowLength), r2 = Start(ref row, 2, rowLength),
            r3 = Start(ref row, 3, rowLength);
        nuint r4 = Start(ref row, 4, rowLength), r5 = Start(ref row, 5, rowLength), r6 = Start(ref row, 6, rowLength),
            r7 = Start(ref row, 7, rowLength);
        for (int column = 0; ; column = Math.Min(column + 4, rowLength - 4))
        {
            Four(Parts(ref source, column, r0, r4), Parts(ref source, column, r1, r5), Parts(ref source, column, r2, r6),
                Parts(ref source, column, r3, r7), out V a, out V b, out V c, out V d);
            int to = targetOffset + (column * 8);
            Vector256.StoreUnsafe(a, ref target, (nuint)(uint)to);
            Vector256.StoreUnsafe(b, ref target, (nuint)(uint)(to + 8));
            Vector256.StoreUnsafe(c, ref target, (nuint)(uint)(to + 16));
            Vector256.StoreUnsafe(d, ref target, (nuint)(uint)(to + 24));
            if (column + 4 >= rowLength) return;
        }
    }

    [MethodImpl(Inline)]
    private static V Row(ref float source, int offset) => Vector256.LoadUnsafe(ref source, (nuint)(uint)offset);

    [MethodImpl(Inline)]
    private static nuint Start(ref int row, int index, int rowLength) => (nuint)(uint)Unsafe.Add(ref row, index) * (nuint)(uint)rowLength;

    // Four columns of two rows, one row in each 128-bit part.
    [MethodImpl(Inline)]
    private static V Parts(ref float source, int column, nuint a, nuint b) =>
        Vector256.Create(Vector128.LoadUnsafe(ref source, a + (nuint)(uint)column),
            Vector128.LoadUnsafe(ref source, b + (nuint)(uint)column));

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
