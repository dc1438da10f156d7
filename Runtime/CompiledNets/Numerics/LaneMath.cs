using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace CompiledNets.Numerics;

/// <summary>
/// Elementary functions over lanes, made of <see cref="ILanes{T}"/> operations alone, so that every width gives the same bits. Polynomials
/// are those of Cephes (S. Moshier) unless stated.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class LaneMath
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    // ln 2 in two parts, the first with few enough bits that its products with exponents are exact.
    private const float Ln2High = 0.693359375f;
    private const float Ln2Low = -2.12194440e-4f;
    private const float Log2E = 1.44269504f;

    // Below it exp rounds to less than the smallest normal number: such results are flushed to zero.
    private const float LowestExp = -87.33655f;

    // From here on exp overflows.
    private const float HighestExp = 88.72284f;

    /// <summary>e^x. Results below the smallest normal number are zero.</summary>
    [MethodImpl(Inline)]
    public static T Exp<T>(T x) where T : struct, ILanes<T>
    {
        T bounded = T.Max(T.Splat(LowestExp), T.Min(T.Splat(HighestExp), x));
        T n = T.Round(bounded * T.Splat(Log2E));
        T f = T.Fma(n, T.Splat(-Ln2High), bounded);
        f = T.Fma(n, T.Splat(-Ln2Low), f);
        T p = T.Fma(f * f, ExpTail(f), f) + T.Splat(1f);
        T scaled = T.SelectGreater(T.Splat(LowestExp), x, T.Zero, T.Scale(p, n));
        return T.SelectGreater(x, T.Splat(HighestExp), T.Splat(float.PositiveInfinity), scaled);
    }

    /// <summary>e^x for x up to zero, which cannot overflow.</summary>
    [MethodImpl(Inline)]
    internal static T ExpBelow<T>(T x) where T : struct, ILanes<T>
    {
        T bounded = T.Max(T.Splat(LowestExp), x);
        T n = T.Round(bounded * T.Splat(Log2E));
        T f = T.Fma(n, T.Splat(-Ln2High), bounded);
        f = T.Fma(n, T.Splat(-Ln2Low), f);
        T p = T.Fma(f * f, ExpTail(f), f) + T.Splat(1f);
        return T.SelectGreater(T.Splat(LowestExp), x, T.Zero, T.Scale(p, n));
    }

    /// <summary>e^x - 1, exact near zero.</summary>
    [MethodImpl(Inline)]
    public static T Expm1<T>(T x) where T : struct, ILanes<T>
    {
        // With e^f - 1 = q for the remainder f: 2^n (q + 1) - 1 = 2^n q + (2^n - 1), whose second part is exact for small n.
        T bounded = T.Max(T.Splat(-20f), T.Min(T.Splat(HighestExp), x));
        T n = T.Round(bounded * T.Splat(Log2E));
        T f = T.Fma(n, T.Splat(-Ln2High), bounded);
        f = T.Fma(n, T.Splat(-Ln2Low), f);
        T q = T.Fma(f * f, ExpTail(f), f);
        T half = T.Scale(T.Splat(1f), n - T.Splat(1f));
        T result = T.Fma(half, q, half - T.Splat(0.5f)) * T.Splat(2f);
        result = T.SelectEqual(n, T.Zero, q, result);
        return T.SelectGreater(x, T.Splat(HighestExp), T.Splat(float.PositiveInfinity), result);
    }

    /// <summary>Natural logarithm: -inf at zero, not a number below.</summary>
    [MethodImpl(Inline)]
    public static T Log<T>(T x) where T : struct, ILanes<T>
    {
        // Denormal arguments are brought into the normal range first.
        T tiny = T.Splat(1.17549435e-38f);
        T scaled = T.SelectGreater(tiny, x, x * T.Splat(8388608f), x);
        T shift = T.SelectGreater(tiny, x, T.Splat(-23f), T.Zero);
        T e = T.Exponent(scaled) + shift, f = T.Mantissa(scaled) - T.Splat(1f);
        T result = Log(e, f);
        result = T.SelectGreater(x, T.Splat(float.MaxValue), x, result);
        result = T.SelectEqual(x, T.Zero, T.Splat(float.NegativeInfinity), result);
        return T.SelectGreaterOrEqual(x, T.Zero, result, T.Splat(float.NaN));
    }

    // log(2^e (1 + f)).
    [MethodImpl(Inline)]
    private static T Log<T>(T e, T f) where T : struct, ILanes<T> => T.Fma(e, T.Splat(Ln2High), LogTail(f, e));

    /// <summary>log(1 + x) for x from 0 to 1, with the bits of <see cref="Log1p"/>, which has more cases.</summary>
    [MethodImpl(Inline)]
    internal static T Log1pUpToOne<T>(T x) where T : struct, ILanes<T>
    {
        T sum = x + T.Splat(1f), lost = (x - (sum - T.Splat(1f))) / sum;
        T result = Log(T.Exponent(sum), T.Mantissa(sum) - T.Splat(1f)) + lost;
        return T.SelectEqual(sum, T.Splat(1f), x, result);
    }

    /// <summary>log(1 + x), exact near zero, for x above -1.</summary>
    [MethodImpl(Inline)]
    public static T Log1p<T>(T x) where T : struct, ILanes<T>
    {
        // 1 + x rounds; what it lost, relative to the sum, is the first term of what the logarithm lost.
        T sum = x + T.Splat(1f);
        T lost = (x - (sum - T.Splat(1f))) / sum;
        T result = Log(sum) + lost;
        return T.SelectEqual(sum, T.Splat(1f), x, T.SelectGreater(x, T.Splat(float.MaxValue), x, result));
    }

    /// <summary>1 / (1 + e^-x).</summary>
    [MethodImpl(Inline)]
    public static T Sigmoid<T>(T x) where T : struct, ILanes<T> => Sigmoid(x, ExpBelow(-T.Abs(x)));

    /// <summary>1 / (1 + e^-x), given e^-|x|.</summary>
    [MethodImpl(Inline)]
    internal static T Sigmoid<T>(T x, T e) where T : struct, ILanes<T>
    {
        // Of the power that is at most one, so that its error counts little where the result is near one, and alone where it is near zero.
        T one = T.Splat(1f), sum = one + e;
        T quotient = T.SelectGreater(T.Zero, x, e, one) / sum;
        // What the sum lost by rounding would otherwise show in the last place.
        return T.Fma(-quotient, e - (sum - one), quotient);
    }

    /// <summary>Hyperbolic tangent.</summary>
    [MethodImpl(Inline)]
    public static T Tanh<T>(T x) where T : struct, ILanes<T>
    {
        // tanh |x| = q / (q + 2) with q = e^(2|x|) - 1; from 9.1 on it rounds to one. Up to 0.625 a polynomial in x².
        T a = T.Min(T.Splat(10f), T.Abs(x)), z = x * x, twice = a + a;
        // As in Expm1, without what neither so large nor so small a number needs.
        T n = T.Round(twice * T.Splat(Log2E));
        T f = T.Fma(n, T.Splat(-Ln2High), twice);
        f = T.Fma(n, T.Splat(-Ln2Low), f);
        T power = T.Scale(T.Splat(1f), n);
        T q = T.Fma(power, T.Fma(f * f, ExpTail(f), f), power - T.Splat(1f));
        T p = T.Splat(-5.70498872745e-3f);
        p = T.Fma(p, z, T.Splat(2.06390887954e-2f));
        p = T.Fma(p, z, T.Splat(-5.37397155531e-2f));
        p = T.Fma(p, z, T.Splat(1.33314422036e-1f));
        p = T.Fma(p, z, T.Splat(-3.33332819422e-1f));
        return T.SelectGreater(T.Splat(0.625f), a, T.Fma(p * z, x, x), T.CopySign(q / (q + T.Splat(2f)), x));
    }

    /// <summary>log(1 + e^x), without overflow.</summary>
    [MethodImpl(Inline)]
    public static T Softplus<T>(T x) where T : struct, ILanes<T> => T.Max(T.Zero, x) + Log1pUpToOne(ExpBelow(-T.Abs(x)));

    /// <summary>The error function.</summary>
    [MethodImpl(Inline)]
    public static T Erf<T>(T x) where T : struct, ILanes<T>
    {
        // Up to 1 a polynomial in x²; beyond 1 - exp(-x²) p(1/x) / x as in Cephes erfcf, of which a float sees only the first digits.
        T a = T.Abs(x), z = x * x;
        T near = T.Splat(7.853861353153693e-5f);
        near = T.Fma(near, z, T.Splat(-8.010193625184903e-4f));
        near = T.Fma(near, z, T.Splat(5.188327685732524e-3f));
        near = T.Fma(near, z, T.Splat(-2.685381193529856e-2f));
        near = T.Fma(near, z, T.Splat(1.128358514861418e-1f));
        near = T.Fma(near, z, T.Splat(-3.761262582423300e-1f));
        near = T.Fma(T.Fma(near, z, T.Splat(0.128379165726710f)), x, x);
        T bounded = T.Max(T.Splat(1f), T.Min(T.Splat(5f), a));
        T q = T.Splat(1f) / bounded, y = q * q;
        T low = T.Splat(2.326819970068386e-2f);
        low = T.Fma(low, y, T.Splat(-1.387039388740657e-1f));
        low = T.Fma(low, y, T.Splat(3.687424674597105e-1f));
        low = T.Fma(low, y, T.Splat(-5.824733027278666e-1f));
        low = T.Fma(low, y, T.Splat(6.210004621745983e-1f));
        low = T.Fma(low, y, T.Splat(-4.944515323274145e-1f));
        low = T.Fma(low, y, T.Splat(3.404879937665872e-1f));
        low = T.Fma(low, y, T.Splat(-2.741127028184656e-1f));
        low = T.Fma(low, y, T.Splat(5.638259427386472e-1f));
        T high = T.Splat(-1.047766399936249e+1f);
        high = T.Fma(high, y, T.Splat(1.297719955372516e+1f));
        high = T.Fma(high, y, T.Splat(-7.495518717768503f));
        high = T.Fma(high, y, T.Splat(2.921019019210786f));
        high = T.Fma(high, y, T.Splat(-1.015265279202700f));
        high = T.Fma(high, y, T.Splat(4.218463358204948e-1f));
        high = T.Fma(high, y, T.Splat(-2.820767439740514e-1f));
        high = T.Fma(high, y, T.Splat(5.641895067754075e-1f));
        T p = T.SelectGreater(T.Splat(2f), bounded, low, high);
        T far = T.CopySign(T.Splat(1f) - (ExpBelow(-(bounded * bounded)) * q * p), x);
        return T.SelectGreater(a, T.Splat(1f), far, near);
    }

    /// <summary>
    /// Two numbers of the standard normal distribution from two of 24 bits in [0, 1): the first gives a radius, the second an angle (Box
    /// and Muller, "A note on the generation of random normal deviates", 1958). None is beyond 5.77.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Normal<T>(T u, T v, out T x, out T y) where T : struct, ILanes<T>
    {
        T radius = T.Sqrt(T.Splat(-2f) * Log(T.Splat(1f) - u));

        // The angle in quarters of a turn: the nearest one, and what is left, both exact.
        T quarters = v * T.Splat(4f), n = T.Round(quarters), f = (quarters - n) * T.Splat(1.57079633f), z = f * f;
        T sine = T.Splat(-1.9515295891e-4f);
        sine = T.Fma(sine, z, T.Splat(8.3321608736e-3f));
        sine = T.Fma(sine, z, T.Splat(-1.6666654611e-1f));
        sine = T.Fma(sine * z, f, f) * radius;
        T cosine = T.Splat(2.443315711809948e-5f);
        cosine = T.Fma(cosine, z, T.Splat(-1.388731625493765e-3f));
        cosine = T.Fma(cosine, z, T.Splat(4.166664568298827e-2f));
        cosine = T.Fma(cosine * z, z, T.Fma(z, T.Splat(-0.5f), T.Splat(1f))) * radius;
        T one = T.Splat(1f), two = T.Splat(2f), three = T.Splat(3f);
        x = T.SelectEqual(n, one, -sine, T.SelectEqual(n, two, -cosine, T.SelectEqual(n, three, sine, cosine)));
        y = T.SelectEqual(n, one, cosine, T.SelectEqual(n, two, -sine, T.SelectEqual(n, three, -cosine, sine)));
    }

    // (e^f - 1 - f) / f² for |f| up to ln 2 / 2. In pairs, so that five steps that would wait for each other are three.
    [MethodImpl(Inline)]
    private static T ExpTail<T>(T f) where T : struct, ILanes<T>
    {
        T square = f * f;
        T high = T.Fma(T.Splat(1.9875691500e-4f), f, T.Splat(1.3981999507e-3f));
        T middle = T.Fma(T.Splat(8.3334519073e-3f), f, T.Splat(4.1665795894e-2f));
        T low = T.Fma(T.Splat(1.6666665459e-1f), f, T.Splat(5.0000001201e-1f));
        return T.Fma(T.Fma(high, square, middle), square, low);
    }

    // log(1 + f) with the small part of e ln 2, for f between sqrt(1/2) - 1 and sqrt(2) - 1.
    [MethodImpl(Inline)]
    private static T LogTail<T>(T f, T e) where T : struct, ILanes<T>
    {
        T s = f * f;
        T p = T.Splat(7.0376836292e-2f);
        p = T.Fma(p, f, T.Splat(-1.1514610310e-1f));
        p = T.Fma(p, f, T.Splat(1.1676998740e-1f));
        p = T.Fma(p, f, T.Splat(-1.2420140846e-1f));
        p = T.Fma(p, f, T.Splat(1.4249322787e-1f));
        p = T.Fma(p, f, T.Splat(-1.6668057665e-1f));
        p = T.Fma(p, f, T.Splat(2.0000714765e-1f));
        p = T.Fma(p, f, T.Splat(-2.4999993993e-1f));
        p = T.Fma(p, f, T.Splat(3.3333331174e-1f));
        T q = T.Fma(e, T.Splat(Ln2Low), p * f * s);
        return f + T.Fma(s, T.Splat(-0.5f), q);
    }
}
