using System.Runtime.CompilerServices;

namespace CompiledNets;

/// <summary>
/// Powers of a decay rate, one after another: a product that grows by one factor a step, which is cheaper than pow and has the same bits
/// on every machine.
/// </summary>
/// <param name="beta">The decay rate, in [0, 1).</param>
internal sealed class BetaPower(double beta)
{
    /// <summary>1 minus anything smaller is 1, so that no further factor counts.</summary>
    private const double Negligible = 1e-20;

    private double power = 1;
    private long exponent;

    /// <summary>beta to the power of <paramref name="wanted"/>; the same however one came there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public double To(long wanted)
    {
        if (wanted < exponent) (power, exponent) = (1, 0);
        for (; exponent < wanted && power > Negligible; exponent++) power *= beta;
        return power;
    }
}
