using CompiledNets.Numerics;

namespace CompiledNets;

/// <summary>Random orders: Fisher and Yates's exchange, with numbers from Philox.</summary>
internal static class Shuffling
{
    /// <summary>Puts 0, 1, ... into the order of a key.</summary>
    public static void Run(Span<int> order, ulong key)
    {
        for (int i = 0; i < order.Length; i++) order[i] = i;
        uint counter = 0;
        int last = order.Length - 1;
        while (last > 0)
        {
            (uint r0, uint r1, uint r2, uint r3) = Philox.Numbers(counter++, 0, 0, 0, key);
            Exchange(order, ref last, r0);
            Exchange(order, ref last, r1);
            Exchange(order, ref last, r2);
            Exchange(order, ref last, r3);
        }
    }

    // The upper half of a product spreads 32 bits over the places that are left; the bias is below their number / 2^32.
    private static void Exchange(Span<int> order, ref int last, uint bits)
    {
        if (last <= 0) return;
        int other = (int)(((ulong)bits * (uint)(last + 1)) >> 32);
        (order[last], order[other]) = (order[other], order[last]);
        last--;
    }
}
