using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using V = System.Runtime.Intrinsics.Vector128<float>;

namespace CompiledNets.Numerics;

// Register transposes.
public readonly partial struct Lanes128
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Transpose(ref float source, int sourceOffset, int sourceStride, ref float target, int targetOffset, int targetStride)
    {
        Four(
            Vector128.LoadUnsafe(ref source, (nuint)(uint)sourceOffset),
            Vector128.LoadUnsafe(ref source, (nuint)(uint)(sourceOffset + sourceStride)),
            Vector128.LoadUnsafe(ref source, (nuint)(uint)(sourceOffset + (2 * sourceStride))),
            Vector128.LoadUnsafe(ref source, (nuint)(uint)(sourceOffset + (3 * sourceStride))),
            ref target, targetOffset, targetStride);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void GatherRows(ref float source, ref int row, int rowLength, ref float target, int targetOffset)
    {
        nuint r0 = Start(ref row, 0, rowLength), r1 = Start(ref row, 1, rowLength), r2 = Start(ref row, 2, rowLength),
            r3 = Start(ref row, 3, rowLength);
        for (int column = 0; ; column = Math.Min(column + 4, rowLength - 4))
        {
            nuint from = (nuint)(uint)column;
            Four(
                Vector128.LoadUnsafe(ref source, r0 + from), Vector128.LoadUnsafe(ref source, r1 + from),
                    Vector128.LoadUnsafe(ref source, r2 + from), Vector128.LoadUnsafe(ref source, r3 + from),
                ref target, targetOffset + (column * 4), 4);
            if (column + 4 >= rowLength) return;
        }
    }

    [MethodImpl(Inline)]
    private static nuint Start(ref int row, int index, int rowLength) => (nuint)(uint)Unsafe.Add(ref row, index) * (nuint)(uint)rowLength;

    [MethodImpl(Inline)]
    private static void Four(V a, V b, V c, V d, ref float target, int offset, int stride)
    {
        Vector128<double> e = Low(a, b).AsDouble(), f = High(a, b).AsDouble(), g = Low(c, d).AsDouble(), h = High(c, d).AsDouble();
        Vector128.StoreUnsafe(Vector128.Create(e.GetLower(), g.GetLower()).AsSingle(), ref target, (nuint)(uint)offset);
        Vector128.StoreUnsafe(Vector128.Create(e.GetUpper(), g.GetUpper()).AsSingle(), ref target, (nuint)(uint)(offset + stride));
        Vector128.StoreUnsafe(Vector128.Create(f.GetLower(), h.GetLower()).AsSingle(), ref target, (nuint)(uint)(offset + (2 * stride)));
        Vector128.StoreUnsafe(Vector128.Create(f.GetUpper(), h.GetUpper()).AsSingle(), ref target, (nuint)(uint)(offset + (3 * stride)));
    }

    [MethodImpl(Inline)]
    private static V Low(V a, V b) =>
        Sse.IsSupported ? Sse.UnpackLow(a, b) : AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipLow(a, b)
        : Vector128.Create(a[0], b[0], a[1], b[1]);

    [MethodImpl(Inline)]
    private static V High(V a, V b) =>
        Sse.IsSupported ? Sse.UnpackHigh(a, b) : AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipHigh(a, b)
        : Vector128.Create(a[2], b[2], a[3], b[3]);
}
