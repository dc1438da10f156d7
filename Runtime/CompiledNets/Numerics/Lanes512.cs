using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using V = System.Runtime.Intrinsics.Vector512<float>;

namespace CompiledNets.Numerics;

/// <summary>Lanes of 512 bits: 16 samples.</summary>
[System.ComponentModel.EditorBrowsable(System.ComponentModel.EditorBrowsableState.Never)]
public readonly partial struct Lanes512 : ILanes<Lanes512>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    private readonly V value;

    private Lanes512(V value) => this.value = value;

    /// <inheritdoc/>
    public static int Count
    {
        [MethodImpl(Inline)]
        get => 16;
    }

    /// <inheritdoc/>
    public static int Registers
    {
        [MethodImpl(Inline)]
        get => 32;
    }

    /// <inheritdoc/>
    public static Lanes512 Zero
    {
        [MethodImpl(Inline)]
        get => Of(V.Zero);
    }

    /// <inheritdoc/>
    public static Lanes512 Indices
    {
        [MethodImpl(Inline)]
        get => Of(Vector512.ConvertToSingle(Vector512<int>.Indices));
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Lanes512 Load(ref float start, int offset) => Of(Vector512.LoadUnsafe(ref start, (nuint)(uint)offset));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public void Store(ref float start, int offset) => Vector512.StoreUnsafe(value, ref start, (nuint)(uint)offset);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Lanes512 Splat(float value) => Of(Vector512.Create(value));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Lanes512 Broadcast(ref float start, int offset) => Of(Vector512.Create(Unsafe.Add(ref start, (nuint)(uint)offset)));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static unsafe void Prefetch(ref float start, int offset)
    {
        if (Sse.IsSupported) Sse.Prefetch0(Unsafe.AsPointer(ref Unsafe.Add(ref start, (nuint)(uint)offset)));
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Lanes512 Fma(Lanes512 a, Lanes512 b, Lanes512 c) =>
        // Where a machine has but 256 bits these are two operations of those, with the same bits.
        Of(Avx512F.IsSupported || System.Runtime.Intrinsics.X86.Fma.IsSupported ? Vector512.FusedMultiplyAdd(a.value, b.value, c.value)
            : (a.value * b.value) + c.value);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Lanes512 FmaFrom(ref float number, int offset, ref float vector, int vectorOffset, Lanes512 c) =>
        Of(Avx512F.IsSupported || System.Runtime.Intrinsics.X86.Fma.IsSupported
            ? Vector512.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref number, (nuint)(uint)offset)),
                Vector512.LoadUnsafe(ref vector, (nuint)(uint)vectorOffset), c.value)
            : (Vector512.Create(Unsafe.Add(ref number, (nuint)(uint)offset)) * Vector512.LoadUnsafe(ref vector, (nuint)(uint)vectorOffset))
            + c.value);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Lanes512 FmaOf(ref float number, int offset, Lanes512 b, Lanes512 c) =>
        Of(Avx512F.IsSupported || System.Runtime.Intrinsics.X86.Fma.IsSupported
            ? Vector512.FusedMultiplyAdd(b.value, Vector512.Create(Unsafe.Add(ref number, (nuint)(uint)offset)), c.value)
            : (b.value * Vector512.Create(Unsafe.Add(ref number, (nuint)(uint)offset))) + c.value);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Lanes512 operator +(Lanes512 a, Lanes512 b) => Of(a.value + b.value);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Lanes512 operator -(Lanes512 a, Lanes512 b) => Of(a.value - b.value);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Lanes512 operator *(Lanes512 a, Lanes512 b) => Of(a.value * b.value);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Lanes512 operator /(Lanes512 a, Lanes512 b) => Of(a.value / b.value);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Lanes512 operator -(Lanes512 a) => Of(-a.value);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Lanes512 Max(Lanes512 a, Lanes512 b) =>
        Of(Avx512F.IsSupported ? Avx512F.Max(a.value, b.value)
            : Vector512.ConditionalSelect(Vector512.GreaterThan(a.value, b.value), a.value, b.value));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Lanes512 Min(Lanes512 a, Lanes512 b) =>
        Of(Avx512F.IsSupported ? Avx512F.Min(a.value, b.value)
            : Vector512.ConditionalSelect(Vector512.LessThan(a.value, b.value), a.value, b.value));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Lanes512 Abs(Lanes512 a) => Of(Vector512.Abs(a.value));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Lanes512 Sqrt(Lanes512 a) => Of(Vector512.Sqrt(a.value));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Lanes512 Round(Lanes512 a) => Of(Vector512.Round(a.value));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Lanes512 SelectGreater(Lanes512 a, Lanes512 b, Lanes512 yes, Lanes512 no) =>
        Of(Vector512.ConditionalSelect(Vector512.GreaterThan(a.value, b.value), yes.value, no.value));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Lanes512 SelectGreaterOrEqual(Lanes512 a, Lanes512 b, Lanes512 yes, Lanes512 no) =>
        Of(Vector512.ConditionalSelect(Vector512.GreaterThanOrEqual(a.value, b.value), yes.value, no.value));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Lanes512 SelectEqual(Lanes512 a, Lanes512 b, Lanes512 yes, Lanes512 no) =>
        Of(Vector512.ConditionalSelect(Vector512.Equals(a.value, b.value), yes.value, no.value));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Lanes512 Scale(Lanes512 a, Lanes512 n) =>
        Of((a.value.AsInt32() + (Vector512.ConvertToInt32Native(n.value) << 23)).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Lanes512 Exponent(Lanes512 a) =>
        Of(Vector512.ConvertToSingle((a.value.AsInt32() - Vector512.Create(SqrtHalfBits)) >> 23));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Lanes512 Mantissa(Lanes512 a) =>
        Of((((a.value.AsInt32() - Vector512.Create(SqrtHalfBits)) & Vector512.Create(0x007fffff)) + Vector512.Create(SqrtHalfBits))
            .AsSingle());

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Lanes512 CopySign(Lanes512 magnitude, Lanes512 sign) =>
        Of(Vector512.ConditionalSelect(Vector512.Create(-0f), sign.value, magnitude.value));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Lanes512 Flush(Lanes512 a) =>
        Of(Vector512.ConditionalSelect(Vector512.LessThan(Vector512.Abs(a.value), Vector512.Create(1.17549435e-38f)), V.Zero, a.value));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static float Sum(Lanes512 a) => Vector512.Sum(a.value);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static float MaxAcross(Lanes512 a)
    {
        Vector256<float> half = Vector256.Max(a.value.GetLower(), a.value.GetUpper());
        Vector128<float> quarter = Vector128.Max(half.GetLower(), half.GetUpper());
        return MathF.Max(MathF.Max(quarter[0], quarter[1]), MathF.Max(quarter[2], quarter[3]));
    }

    /// <summary>Bits of sqrt(1/2): mantissas are split there, so that their logarithm is near zero on both sides of 1.</summary>
    private const int SqrtHalfBits = 0x3f3504f3;

    [MethodImpl(Inline)]
    private static Lanes512 Of(V value) => Unsafe.BitCast<V, Lanes512>(value);
}
