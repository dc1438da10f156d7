using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using V = System.Runtime.Intrinsics.Vector256<float>;

namespace CompiledNets.Numerics;

/// <summary>Lanes of 256 bits: 8 samples.</summary>
[System.ComponentModel.EditorBrowsable(System.ComponentModel.EditorBrowsableState.Never)]
public readonly partial struct Lanes256 : ILanes<Lanes256>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    private readonly V value;

    private Lanes256(V value) => this.value = value;

    /// <inheritdoc/>
    public static int Count
    {
        [MethodImpl(Inline)]
        get => 8;
    }

    /// <inheritdoc/>
    public static int Registers
    {
        [MethodImpl(Inline)]
        get => Avx512F.VL.IsSupported ? 32 : 16;
    }

    /// <inheritdoc/>
    public static Lanes256 Zero
    {
        [MethodImpl(Inline)]
        get => Of(V.Zero);
    }

    /// <inheritdoc/>
    public static Lanes256 Indices
    {
        [MethodImpl(Inline)]
        get => Of(Vector256.ConvertToSingle(Vector256<int>.Indices));
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Lanes256 Load(ref float start, int offset) => Of(Vector256.LoadUnsafe(ref start, (nuint)(uint)offset));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public void Store(ref float start, int offset) => Vector256.StoreUnsafe(value, ref start, (nuint)(uint)offset);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Lanes256 Splat(float value) => Of(Vector256.Create(value));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Lanes256 Broadcast(ref float start, int offset) => Of(Vector256.Create(Unsafe.Add(ref start, (nuint)(uint)offset)));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static unsafe void Prefetch(ref float start, int offset)
    {
        if (Sse.IsSupported) Sse.Prefetch0(Unsafe.AsPointer(ref Unsafe.Add(ref start, (nuint)(uint)offset)));
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Lanes256 Fma(Lanes256 a, Lanes256 b, Lanes256 c) =>
        Of(System.Runtime.Intrinsics.X86.Fma.IsSupported ? Vector256.FusedMultiplyAdd(a.value, b.value, c.value) : (a.value * b.value)
            + c.value);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Lanes256 FmaFrom(ref float number, int offset, ref float vector, int vectorOffset, Lanes256 c) =>
        Of(System.Runtime.Intrinsics.X86.Fma.IsSupported
            ? Vector256.FusedMultiplyAdd(Vector256.Create(Unsafe.Add(ref number, (nuint)(uint)offset)),
                Vector256.LoadUnsafe(ref vector, (nuint)(uint)vectorOffset), c.value)
            : (Vector256.Create(Unsafe.Add(ref number, (nuint)(uint)offset)) * Vector256.LoadUnsafe(ref vector, (nuint)(uint)vectorOffset))
            + c.value);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Lanes256 FmaOf(ref float number, int offset, Lanes256 b, Lanes256 c) =>
        Of(System.Runtime.Intrinsics.X86.Fma.IsSupported
            ? Vector256.FusedMultiplyAdd(b.value, Vector256.Create(Unsafe.Add(ref number, (nuint)(uint)offset)), c.value)
            : (b.value * Vector256.Create(Unsafe.Add(ref number, (nuint)(uint)offset))) + c.value);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Lanes256 operator +(Lanes256 a, Lanes256 b) => Of(a.value + b.value);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Lanes256 operator -(Lanes256 a, Lanes256 b) => Of(a.value - b.value);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Lanes256 operator *(Lanes256 a, Lanes256 b) => Of(a.value * b.value);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Lanes256 operator /(Lanes256 a, Lanes256 b) => Of(a.value / b.value);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Lanes256 operator -(Lanes256 a) => Of(-a.value);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Lanes256 Max(Lanes256 a, Lanes256 b) =>
        Of(Avx.IsSupported ? Avx.Max(a.value, b.value)
            : Vector256.ConditionalSelect(Vector256.GreaterThan(a.value, b.value), a.value, b.value));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Lanes256 Min(Lanes256 a, Lanes256 b) =>
        Of(Avx.IsSupported ? Avx.Min(a.value, b.value)
            : Vector256.ConditionalSelect(Vector256.LessThan(a.value, b.value), a.value, b.value));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Lanes256 Abs(Lanes256 a) => Of(Vector256.Abs(a.value));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Lanes256 Sqrt(Lanes256 a) => Of(Vector256.Sqrt(a.value));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Lanes256 Round(Lanes256 a) => Of(Vector256.Round(a.value));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Lanes256 SelectGreater(Lanes256 a, Lanes256 b, Lanes256 yes, Lanes256 no) =>
        Of(Vector256.ConditionalSelect(Vector256.GreaterThan(a.value, b.value), yes.value, no.value));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Lanes256 SelectGreaterOrEqual(Lanes256 a, Lanes256 b, Lanes256 yes, Lanes256 no) =>
        Of(Vector256.ConditionalSelect(Vector256.GreaterThanOrEqual(a.value, b.value), yes.value, no.value));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Lanes256 SelectEqual(Lanes256 a, Lanes256 b, Lanes256 yes, Lanes256 no) =>
        Of(Vector256.ConditionalSelect(Vector256.Equals(a.value, b.value), yes.value, no.value));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Lanes256 Scale(Lanes256 a, Lanes256 n) =>
        Of((a.value.AsInt32() + (Vector256.ConvertToInt32Native(n.value) << 23)).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Lanes256 Exponent(Lanes256 a) =>
        Of(Vector256.ConvertToSingle((a.value.AsInt32() - Vector256.Create(SqrtHalfBits)) >> 23));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Lanes256 Mantissa(Lanes256 a) =>
        Of((((a.value.AsInt32() - Vector256.Create(SqrtHalfBits)) & Vector256.Create(0x007fffff)) + Vector256.Create(SqrtHalfBits))
            .AsSingle());

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Lanes256 CopySign(Lanes256 magnitude, Lanes256 sign) =>
        Of(Vector256.ConditionalSelect(Vector256.Create(-0f), sign.value, magnitude.value));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Lanes256 Flush(Lanes256 a) =>
        Of(Vector256.ConditionalSelect(Vector256.LessThan(Vector256.Abs(a.value), Vector256.Create(1.17549435e-38f)), V.Zero, a.value));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static float Sum(Lanes256 a) => Vector256.Sum(a.value);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static float MaxAcross(Lanes256 a)
    {
        Vector128<float> half = Vector128.Max(a.value.GetLower(), a.value.GetUpper());
        return MathF.Max(MathF.Max(half[0], half[1]), MathF.Max(half[2], half[3]));
    }

    /// <summary>Bits of sqrt(1/2): mantissas are split there, so that their logarithm is near zero on both sides of 1.</summary>
    private const int SqrtHalfBits = 0x3f3504f3;

    [MethodImpl(Inline)]
    private static Lanes256 Of(V value) => Unsafe.BitCast<V, Lanes256>(value);
}
