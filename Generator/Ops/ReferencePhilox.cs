namespace CompiledNets.Generator.Ops;

/// <summary>
/// The counter-based generator Philox 4x32-10 (Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3", 2011), as the
/// paper writes it: the numbers that the runtime draws over lanes.
/// </summary>
internal static class ReferencePhilox
{
    /// <summary>The four numbers of a counter, the top 24 bits of each as a fraction in [0, 1).</summary>
    public static double[] Fractions(uint c0, uint c1, uint c2, uint c3, ulong key)
    {
        unchecked
        {
            uint key0 = (uint)key, key1 = (uint)(key >> 32);
            for (int round = 0; round < 10; round++)
            {
                ulong product0 = 0xD2511F53ul * c0, product1 = 0xCD9E8D57ul * c2;
                (c0, c1, c2, c3) = ((uint)(product1 >> 32) ^ c1 ^ key0, (uint)product1, (uint)(product0 >> 32) ^ c3 ^ key1, (uint)product0);
                key0 += 0x9E3779B9;
                key1 += 0xBB67AE85;
            }
        }

        return [.. new[] { c0, c1, c2, c3 }.Select(word => (word >> 8) / (double)(1 << 24))];
    }
}
