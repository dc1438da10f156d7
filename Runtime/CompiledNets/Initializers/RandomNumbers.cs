using System.Runtime.CompilerServices;
using CompiledNets.Numerics;

namespace CompiledNets.Initializers;

/// <summary>
/// Random numbers of a distribution. Each depends on the key and on its place alone. A weight of millions of them is often all that is
/// drawn, so that the loops are compiled well from the first call on.
/// </summary>
internal static class RandomNumbers
{
    /// <summary>Where a truncated normal distribution is cut, in standard deviations on both sides of the mean.</summary>
    private const double Cut = 2;

    /// <summary>Uniform in [<paramref name="least"/>, <paramref name="limit"/>).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Uniform(Span<float> values, double least, double limit, ulong key)
    {
        for (int i = 0; i < values.Length; i += 4)
        {
            (uint r0, uint r1, uint r2, uint r3) = Philox.Numbers((uint)i / 4, 0, 0, 0, key);
            Span<uint> bits = [r0, r1, r2, r3];
            Span<float> target = values[i..Math.Min(i + 4, values.Length)];
            for (int j = 0; j < target.Length; j++) target[j] = (float)(least + ((limit - least) * Philox.Fraction(bits[j])));
        }
    }

    /// <summary>Normal.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Normal(Span<float> values, double mean, double deviation, ulong key)
    {
        for (int i = 0; i < values.Length; i++)
        {
            (double even, double odd) = NormalPair((uint)i / 2, 0, key);
            values[i] = (float)(mean + (deviation * even));
            if (++i < values.Length) values[i] = (float)(mean + (deviation * odd));
        }
    }

    /// <summary>
    /// Normal, drawn again until it lies within two standard deviations. The deviation is that before the cut; after it, it is 0.8796 times
    /// as large.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void TruncatedNormal(Span<float> values, double mean, double deviation, ulong key)
    {
        for (int i = 0; i < values.Length; i++)
        {
            (double even, double odd) = NormalPair((uint)i / 2, 0, key);
            values[i] = (float)(mean + (deviation * Within(even, i, key)));
            if (++i < values.Length) values[i] = (float)(mean + (deviation * Within(odd, i, key)));
        }
    }

    private static double Within(double number, int place, ulong key)
    {
        for (uint attempt = 1; Math.Abs(number) > Cut; attempt++) (number, _) = NormalPair((uint)place, attempt, key);
        return number;
    }

    // Box and Muller's transform.
    private static (double, double) NormalPair(uint place, uint attempt, ulong key)
    {
        (uint r0, uint r1, uint r2, uint r3) = Philox.Numbers(place, attempt, 0, 0, key);
        double radius = Math.Sqrt(-2 * Math.Log(Philox.Fraction(r0, r1)));
        (double sine, double cosine) = Math.SinCos(2 * Math.PI * Philox.Fraction(r2, r3));
        return (radius * cosine, radius * sine);
    }
}
