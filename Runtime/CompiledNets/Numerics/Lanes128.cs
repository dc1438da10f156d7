using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using V = System.Runtime.Intrinsics.Vector128<float>;

namespace CompiledNets.Numerics;

/// <summary>Lanes of 128 bits: 4 samples.</summary>
[System.ComponentModel.EditorBrowsable(System.ComponentModel.EditorBrowsableState.Never)]
public readonly partial struct Lanes128 : ILanes<Lanes128>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    private readonly V value;

    private Lanes128(V value) => this.value = value;

    /// <inheritdoc/>
    public static int Count
    {
        [MethodImpl(Inline)]
        get => 4;
    }

    /// <inheritdoc/>
    public static int Registers
    {
        [MethodImpl(Inline)]
        get => Avx512F.VL.IsSupported || AdvSimd.Arm64.IsSupported ? 32 : 16;
    }

    /// <inheritdoc/>
    public static Lanes128 Zero
    {
        [MethodImpl(Inline)]
        get => Of(V.Zero);
    }

    /// <inheritdoc/>
    public static Lanes128 Indices
    {
        [MethodImpl(Inline)]
        get => Of(Vector128.ConvertToSingle(Vector128<int>.Indices));
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Lanes128 Load(ref float start, int offset) => Of(Vector128.LoadUnsafe(ref start, (nuint)(uint)offset));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public void Store(ref float start, int offset) => Vector128.StoreUnsafe(value, ref start, (nuint)(uint)offset);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Lanes128 Splat(float value) => Of(Vector128.Create(value));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Lanes128 Broadcast(ref float start, int offset) => Of(Vector128.Create(Unsafe.Add(ref start, (nuint)(uint)offset)));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static unsafe void Prefetch(ref float start, int offset)
    {
        if (Sse.IsSupported) Sse.Prefetch0(Unsafe.AsPointer(ref Unsafe.Add(ref start, (nuint)(uint)offset)));
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Lanes128 Fma(Lanes128 a, Lanes128 b, Lanes128 c) =>
        Of(System.Runtime.Intrinsics.X86.Fma.IsSupported || AdvSimd.IsSupported ? Vector128.FusedMultiplyAdd(a.value, b.value, c.value)
            : (a.value * b.value) + c.value);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Lanes128 FmaFrom(ref float number, int offset, ref float vector, int vectorOffset, Lanes128 c) =>
        Of(System.Runtime.Intrinsics.X86.Fma.IsSupported || AdvSimd.IsSupported
            ? Vector128.FusedMultiplyAdd(Vector128.Create(Unsafe.Add(ref number, (nuint)(uint)offset)),
                Vector128.LoadUnsafe(ref vector, (nuint)(uint)vectorOffset), c.value)
            : (Vector128.Create(Unsafe.Add(ref number, (nuint)(uint)offset)) * Vector128.LoadUnsafe(ref vector, (nuint)(uint)vectorOffset))
            + c.value);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Lanes128 FmaOf(ref float number, int offset, Lanes128 b, Lanes128 c) =>
        Of(System.Runtime.Intrinsics.X86.Fma.IsSupported || AdvSimd.IsSupported
            ? Vector128.FusedMultiplyAdd(b.value, Vector128.Create(Unsafe.Add(ref number, (nuint)(uint)offset)), c.value)
            : (b.value * Vector128.Create(Unsafe.Add(ref number, (nuint)(uint)offset))) + c.value);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Lanes128 operator +(Lanes128 a, Lanes128 b) => Of(a.value + b.value);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Lanes128 operator -(Lanes128 a, Lanes128 b) => Of(a.value - b.value);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Lanes128 operator *(Lanes128 a, Lanes128 b) => Of(a.value * b.value);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Lanes128 operator /(Lanes128 a, Lanes128 b) => Of(a.value / b.value);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Lanes128 operator -(Lanes128 a) => Of(-a.value);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Lanes128 Max(Lanes128 a, Lanes128 b) =>
        Of(Sse.IsSupported ? Sse.Max(a.value, b.value)
            : Vector128.ConditionalSelect(Vector128.GreaterThan(a.value, b.value), a.value, b.value));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Lanes128 Min(Lanes128 a, Lanes128 b) =>
        Of(Sse.IsSupported ? Sse.Min(a.value, b.value)
            : Vector128.ConditionalSelect(Vector128.LessThan(a.value, b.value), a.value, b.value));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Lanes128 Abs(Lanes128 a) => Of(Vector128.Abs(a.value));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Lanes128 Sqrt(Lanes128 a) => Of(Vector128.Sqrt(a.value));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Lanes128 Round(Lanes128 a) => Of(Vector128.Round(a.value));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Lanes128 SelectGreater(Lanes128 a, Lanes128 b, Lanes128 yes, Lanes128 no) =>
        Of(Vector128.ConditionalSelect(Vector128.GreaterThan(a.value, b.value), yes.value, no.value));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Lanes128 SelectGreaterOrEqual(Lanes128 a, Lanes128 b, Lanes128 yes, Lanes128 no) =>
        Of(Vector128.ConditionalSelect(Vector128.GreaterThanOrEqual(a.value, b.value), yes.value, no.value));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Lanes128 SelectEqual(Lanes128 a, Lanes128 b, Lanes128 yes, Lanes128 no) =>
        Of(Vector128.ConditionalSelect(Vector128.Equals(a.value, b.value), yes.value, no.value));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Lanes128 Scale(Lanes128 a, Lanes128 n) =>
        Of((a.value.AsInt32() + (Vector128.ConvertToInt32Native(n.value) << 23)).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Lanes128 Exponent(Lanes128 a) =>
        Of(Vector128.ConvertToSingle((a.value.AsInt32() - Vector128.Create(SqrtHalfBits)) >> 23));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Lanes128 Mantissa(Lanes128 a) =>
        Of((((a.value.AsInt32() - Vector128.Create(SqrtHalfBits)) & Vector128.Create(0x007fffff)) + Vector128.Create(SqrtHalfBits))
            .AsSingle());

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Lanes128 CopySign(Lanes128 magnitude, Lanes128 sign) =>
        Of(Vector128.ConditionalSelect(Vector128.Create(-0f), sign.value, magnitude.value));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Lanes128 Flush(Lanes128 a) =>
        Of(Vector128.ConditionalSelect(Vector128.LessThan(Vector128.Abs(a.value), Vector128.Create(1.17549435e-38f)), V.Zero, a.value));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static float Sum(Lanes128 a) => Vector128.Sum(a.value);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static float MaxAcross(Lanes128 a)
    {
        return MathF.Max(MathF.Max(a.value[0], a.value[1]), MathF.Max(a.value[2], a.value[3]));
    }

    /// <summary>Bits of sqrt(1/2): mantissas are split there, so that their logarithm is near zero on both sides of 1.</summary>
    private const int SqrtHalfBits = 0x3f3504f3;

    [MethodImpl(Inline)]
    private static Lanes128 Of(V value) => Unsafe.BitCast<V, Lanes128>(value);
}
