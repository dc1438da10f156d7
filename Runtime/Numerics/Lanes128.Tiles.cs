using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using V = System.Runtime.Intrinsics.Vector128<float>;

namespace CompiledNets.Numerics;

// Register transposes of 4 x 4.
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
    public static void GatherTranspose(ref float source, ref int row, int rowLength, int column, ref float target, int targetOffset) =>
        Four(At(ref source, ref row, 0, rowLength, column), At(ref source, ref row, 1, rowLength, column), At(ref source, ref row, 2, rowLength, column), At(ref source, ref row, 3, rowLength, column), ref target, targetOffset, 4);

    [MethodImpl(Inline)]
    private static V At(ref float source, ref int row, int index, int rowLength, int column) =>
        Vector128.LoadUnsafe(ref source, ((nuint)(uint)Unsafe.Add(ref row, index) * (nuint)(uint)rowLength) + (nuint)(uint)column);

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
    private static V Low(V a, V b) => Sse.IsSupported ? Sse.UnpackLow(a, b) : AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipLow(a, b) : Vector128.Create(a[0], b[0], a[1], b[1]);

    [MethodImpl(Inline)]
    private static V High(V a, V b) => Sse.IsSupported ? Sse.UnpackHigh(a, b) : AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipHigh(a, b) : Vector128.Create(a[2], b[2], a[3], b[3]);
}
