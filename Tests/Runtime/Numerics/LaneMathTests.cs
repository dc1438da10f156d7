using System.Globalization;
using CompiledNets.Numerics;

namespace CompiledNets.Tests.Numerics;

/// <summary>The mathematics of lanes against double precision over the whole range, and the same bits at every width.</summary>
public sealed class LaneMathTests
{
    /// <summary>Between two floats of the sweep lie so many; a prime, so that all low bits come.</summary>
    private const uint Step = 1009;

    public static TheoryData<string> Functions => [.. Table.Keys];

    private static readonly Dictionary<string, (Func<double, double> Exact, double Ulps)> Table = new(StringComparer.Ordinal)
    {
        ["Exp"] = (Math.Exp, 2),
        ["Expm1"] = (Expm1, 2),
        ["Log"] = (Math.Log, 2),
        ["Log1p"] = (Log1p, 2),
        ["Sigmoid"] = (x => 1 / (1 + Math.Exp(-x)), 2),
        ["Tanh"] = (Math.Tanh, 2),
        ["Softplus"] = (x => Math.Max(x, 0) + Log1p(Math.Exp(-Math.Abs(x))), 2),
        ["Erf"] = (Erf, 2),
    };

    [Theory]
    [MemberData(nameof(Functions))]
    public void Is_right_to_two_units_in_the_last_place(string function)
    {
        (Func<double, double> exact, double bound) = Table[function];
        double worst = 0;
        float at = 0;
        foreach (float[] part in Sweep().Chunk(1 << 16))
        {
            float[] results = Apply<Lanes512>(function, part);
            for (int i = 0; i < part.Length; i++)
            {
                double error = Ulps(results[i], exact(part[i]));
                if (error > worst) (worst, at) = (error, part[i]);
            }
        }

        Assert.True(worst <= bound, string.Create(CultureInfo.InvariantCulture, $"{function}({at:R}): {worst:F2} units"));
    }

    [Theory]
    [MemberData(nameof(Functions))]
    public void Has_the_same_bits_at_every_width(string function)
    {
        foreach (float[] part in Sweep().Where((_, i) => i % 7 == 0).Concat(Edges).Chunk(1 << 16))
        {
            int[] widest = Bits(Apply<Lanes512>(function, part));
            Assert.Equal(widest, Bits(Apply<Lanes256>(function, part)));
            Assert.Equal(widest, Bits(Apply<Lanes128>(function, part)));
        }
    }

    [Fact]
    public void What_is_cut_short_for_numbers_from_0_to_1_has_the_same_bits()
    {
        uint last = BitConverter.SingleToUInt32Bits(1);
        for (uint bits = 0; bits <= last; bits += 37)
        {
            Lanes256 x = Lanes256.Splat(BitConverter.UInt32BitsToSingle(bits));
            Lanes256 whole = LaneMath.Log1p(x), cut = LaneMath.Log1pUpToOne(x);
            if (Lanes256.Sum(whole) != Lanes256.Sum(cut)) Assert.Fail($"{BitConverter.UInt32BitsToSingle(bits):R}");
        }

        Lanes256 nan = Lanes256.Splat(float.NaN), one = Lanes256.Splat(1);
        Assert.True(float.IsNaN(Lanes256.Sum(LaneMath.Log1pUpToOne(nan))));
        Assert.Equal(Lanes256.Sum(LaneMath.Log1p(one)), Lanes256.Sum(LaneMath.Log1pUpToOne(one)));
    }

    [Theory]
    [MemberData(nameof(Functions))]
    public void Edges_are_what_mathematics_says(string function)
    {
        float[] results = Apply<Lanes512>(function, Edges);
        for (int i = 0; i < Edges.Length; i++)
        {
            double exact = Table[function].Exact(Edges[i]);
            if (double.IsNaN(exact)) Assert.True(float.IsNaN(results[i]), $"{function}({Edges[i]}) is {results[i]}");
            else Assert.True(Ulps(results[i], exact) <= Table[function].Ulps,
                $"{function}({Edges[i]}) is {results[i]}, not {(float)exact}");
        }
    }

    private static readonly float[] Edges =
    [
        0, -0f, float.Epsilon, -float.Epsilon, 1.17549435e-38f, -1.17549435e-38f, 1e-20f, -1e-20f, 1e-7f, -1e-7f, 0.5f, -0.5f, 1, -1,
        0.99999994f, 1.0000001f, 2, -2, 10, -10, 87.3f, -87.3f, 88.72f,
        88.73f, -88.72f, -103.9f, -104f, 200, -200, 1e30f, -1e30f, float.MaxValue, float.MinValue, float.PositiveInfinity,
        float.NegativeInfinity, float.NaN,
    ];

    private static IEnumerable<float> Sweep()
    {
        for (uint bits = 0; bits < 0x7f800000; bits += Step)
        {
            yield return BitConverter.UInt32BitsToSingle(bits);
            yield return BitConverter.UInt32BitsToSingle(bits | 0x80000000);
        }
    }

    // Results below the smallest normal number may be zero: what comes from exp is flushed, so that no denormal slows anything down.
    private static double Ulps(float actual, double exact)
    {
        if (double.IsNaN(exact)) return float.IsNaN(actual) ? 0 : double.PositiveInfinity;
        if (actual == 0 && Math.Abs(exact) < 1.17549435e-38) return 0;
        float rounded = (float)exact;
        if (float.IsInfinity(rounded) || float.IsInfinity(actual))
            return rounded.Equals(actual) || Math.Abs(exact) >= 3.4028235e38 * (1 - 1e-7) ? 0 : double.PositiveInfinity;
        double unit = Math.Max(Math.ScaleB(1, Math.ILogB(exact == 0 ? float.Epsilon : exact) - 23), Math.ScaleB(1, -149));
        return Math.Abs(actual - exact) / unit;
    }

    private static float[] Apply<T>(string function, float[] x) where T : struct, ILanes<T>
    {
        float[] padded = new float[((x.Length + 15) / 16 * 16) + 16], results = new float[padded.Length];
        x.CopyTo(padded, 0);
        for (int i = 0; i < x.Length; i += T.Count)
        {
            T v = T.Load(ref padded[0], i);
            T y = function switch
            {
                "Exp" => LaneMath.Exp(v),
                "Expm1" => LaneMath.Expm1(v),
                "Log" => LaneMath.Log(v),
                "Log1p" => LaneMath.Log1p(v),
                "Sigmoid" => LaneMath.Sigmoid(v),
                "Tanh" => LaneMath.Tanh(v),
                "Softplus" => LaneMath.Softplus(v),
                _ => LaneMath.Erf(v),
            };
            y.Store(ref results[0], i);
        }

        return results[..x.Length];
    }

    // What is not a number is so with either sign.
    private static int[] Bits(float[] values) =>
        Array.ConvertAll(values, value => BitConverter.SingleToInt32Bits(float.IsNaN(value) ? float.NaN : value));

    private static double Expm1(double x) =>
        Math.Abs(x) > 1e-3 ? Math.Exp(x) - 1 : x * (1 + (x / 2 * (1 + (x / 3 * (1 + (x / 4 * (1 + (x / 5))))))));

    private static double Log1p(double x)
    {
        if (x <= -1) return x == -1 ? double.NegativeInfinity : double.NaN;
        double u = 1 + x;
        return u == 1 ? x : double.IsInfinity(u) ? u : Math.Log(u) * x / (u - 1);
    }

    // Maclaurin's series where it converges fast, Laplace's continued fraction elsewhere.
    private static double Erf(double x)
    {
        double a = Math.Abs(x);
        if (double.IsNaN(x)) return x;
        if (a > 6) return Math.Sign(x);
        double result;
        if (a < 3)
        {
            double term = a, sum = a;
            for (int n = 1; n < 100 && Math.Abs(term) > 1e-18 * Math.Abs(sum); n++)
            {
                term *= -a * a / n;
                sum += term / ((2 * n) + 1);
            }

            result = 2 / Math.Sqrt(Math.PI) * sum;
        }
        else
        {
            double fraction = 0;
            for (int n = 60; n > 0; n--) fraction = n / 2.0 / (a + fraction);
            result = 1 - (Math.Exp(-a * a) / ((a + fraction) * Math.Sqrt(Math.PI)));
        }

        return Math.CopySign(result, x);
    }
}
