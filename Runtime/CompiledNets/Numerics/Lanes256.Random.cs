using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace CompiledNets.Numerics;

// Random numbers by the lane.
public readonly partial struct Lanes256
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Uniform(uint c0, uint c1, uint c2, uint c3, uint key0, uint key1, out Lanes256 r0, out Lanes256 r1, out Lanes256 r2,
        out Lanes256 r3)
    {
        Vector256<uint> x0 = Vector256.Create(c0), x1 = Vector256.Create(c1), x2 = Vector256.Create(c2)
            + Vector256<uint>.Indices, x3 = Vector256.Create(c3);
        Vector256<uint> m0 = Vector256.Create(Philox.Multiplier0), m1 = Vector256.Create(Philox.Multiplier1);
        for (int round = 0; round < Philox.Rounds; round++)
        {
            Vector256<uint> high0 = MultiplyHigh(x0, m0), high1 = MultiplyHigh(x2, m1), low0 = x0 * m0, low1 = x2 * m1;
            x0 = high1 ^ x1 ^ Vector256.Create(key0);
            x1 = low1;
            x2 = high0 ^ x3 ^ Vector256.Create(key1);
            x3 = low0;
            key0 += Philox.Weyl0;
            key1 += Philox.Weyl1;
        }

        r0 = Fraction(x0);
        r1 = Fraction(x1);
        r2 = Fraction(x2);
        r3 = Fraction(x3);
    }

    // The top 24 bits as a number in [0, 1).
    [MethodImpl(Inline)]
    private static Lanes256 Fraction(Vector256<uint> bits) =>
        Of(Vector256.ConvertToSingle((bits >> 8).AsInt32()) * Vector256.Create(5.9604645e-8f));

    // The high halves of 32 by 32 bit products: even and odd lanes apart, then together again.
    [MethodImpl(Inline)]
    private static Vector256<uint> MultiplyHigh(Vector256<uint> a, Vector256<uint> b)
    {
        Vector256<ulong> even = Products(a, b) >> 32, odd = Products((a.AsUInt64() >> 32).AsUInt32(), (b.AsUInt64() >> 32).AsUInt32());
        return (even | (odd & Vector256.Create(0xffffffff00000000ul))).AsUInt32();
    }

    [MethodImpl(Inline)]
    private static Vector256<ulong> Products(Vector256<uint> a, Vector256<uint> b) => Avx2.IsSupported
        ? Avx2.Multiply(a, b)
        : (a.AsUInt64() & Vector256.Create(0xfffffffful)) * (b.AsUInt64() & Vector256.Create(0xfffffffful));
}
