
namespace CompiledNets.Numerics;

/// <summary>
/// The counter-based generator Philox 4x32-10 (Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3", 2011): the
/// numbers of a counter depend on it and on the key alone, so that they are the same in any order, on any number of threads.
/// </summary>
internal static class Philox
{
    internal const int Rounds = 10;
    internal const uint Multiplier0 = 0xD2511F53;
    internal const uint Multiplier1 = 0xCD9E8D57;
    internal const uint Weyl0 = 0x9E3779B9;
    internal const uint Weyl1 = 0xBB67AE85;

    /// <summary>The four numbers of a counter.</summary>
    public static (uint R0, uint R1, uint R2, uint R3) Numbers(uint c0, uint c1, uint c2, uint c3, ulong key)
    {
        uint key0 = (uint)key, key1 = (uint)(key >> 32);
        for (int round = 0; round < Rounds; round++)
        {
            ulong product0 = (ulong)Multiplier0 * c0, product1 = (ulong)Multiplier1 * c2;
            (c0, c1, c2, c3) = ((uint)(product1 >> 32) ^ c1 ^ key0, (uint)product1, (uint)(product0 >> 32) ^ c3 ^ key1, (uint)product0);
            key0 += Weyl0;
            key1 += Weyl1;
        }

        return (c0, c1, c2, c3);
    }

    /// <summary>A number in [0, 1) with 24 bits.</summary>
    public static float Fraction(uint bits) => (bits >> 8) * 5.9604645e-8f;

    /// <summary>A number in (0, 1) with 52 bits, from two words.</summary>
    public static double Fraction(uint high, uint low) => ((((ulong)high << 32 | low) >> 12) + 0.5) * (1.0 / (1ul << 52));

    /// <summary>
    /// A key that depends on a seed and on what it is for, so that streams of one seed have nothing to do with one another.
    /// </summary>
    public static ulong DeriveKey(ulong seed, uint purpose, uint index)
    {
        (uint r0, uint r1, _, _) = Numbers(purpose, index, 0x43_4E_4B_59, 0, seed);
        return (ulong)r1 << 32 | r0;
    }
}
