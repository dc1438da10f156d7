using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace CompiledNets.Numerics;

// Random numbers by the lane.
public readonly partial struct Lanes512
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Uniform(uint c0, uint c1, uint c2, uint c3, uint key0, uint key1, out Lanes512 r0, out Lanes512 r1, out Lanes512 r2,
        out Lanes512 r3)
    {
        Vector512<uint> x0 = Vector512.Create(c0), x1 = Vector512.Create(c1), x2 = Vector512.Create(c2)
            + Vector512<uint>.Indices, x3 = Vector512.Create(c3);
        Vector512<uint> m0 = Vector512.Create(Philox.Multiplier0), m1 = Vector512.Create(Philox.Multiplier1);
        for (int round = 0; round < Philox.Rounds; round++)
        {
            Vector512<uint> high0 = MultiplyHigh(x0, m0), high1 = MultiplyHigh(x2, m1), low0 = x0 * m0, low1 = x2 * m1;
            x0 = high1 ^ x1 ^ Vector512.Create(key0);
            x1 = low1;
            x2 = high0 ^ x3 ^ Vector512.Create(key1);
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
    private static Lanes512 Fraction(Vector512<uint> bits) =>
        Of(Vector512.ConvertToSingle((bits >> 8).AsInt32()) * Vector512.Create(5.9604645e-8f));

    // The high halves of 32 by 32 bit products: even and odd lanes apart, then together again.
    [MethodImpl(Inline)]
    private static Vector512<uint> MultiplyHigh(Vector512<uint> a, Vector512<uint> b)
    {
        Vector512<ulong> even = Products(a, b) >> 32, odd = Products((a.AsUInt64() >> 32).AsUInt32(), (b.AsUInt64() >> 32).AsUInt32());
        return (even | (odd & Vector512.Create(0xffffffff00000000ul))).AsUInt32();
    }

    [MethodImpl(Inline)]
    private static Vector512<ulong> Products(Vector512<uint> a, Vector512<uint> b) => Avx512F.IsSupported
        ? Avx512F.Multiply(a, b)
        : (a.AsUInt64() & Vector512.Create(0xfffffffful)) * (b.AsUInt64() & Vector512.Create(0xfffffffful));
}
