using CompiledNets.Numerics;

namespace CompiledNets.Tests.Numerics;

/// <summary>
/// Normal numbers over lanes: right against double precision, distributed as they should be, and the same bits at every width.
/// </summary>
public sealed class NormalTests
{
    private const int Count = 1 << 16;

    private static readonly (float[] U, float[] V) Uniform = Draw();

    [Fact]
    public void Are_what_Box_and_Muller_say()
    {
        (float[] x, float[] y) = Normal<Lanes512>();
        for (int i = 0; i < Count; i++)
        {
            double radius = Math.Sqrt(-2 * Math.Log(1 - (double)Uniform.U[i])), angle = 2 * Math.PI * Uniform.V[i];
            Assert.Equal(radius * Math.Cos(angle), x[i], 1e-6);
            Assert.Equal(radius * Math.Sin(angle), y[i], 1e-6);
        }
    }

    [Fact]
    public void Have_the_moments_and_the_tails_of_a_normal_distribution()
    {
        (float[] x, float[] y) = Normal<Lanes512>();
        foreach (float[] numbers in new[] { x, y })
        {
            Assert.Equal(0, numbers.Average(), 0.02);
            Assert.Equal(1, numbers.Average(number => (double)number * number), 0.02);
            Assert.Equal(3, numbers.Average(number => Math.Pow(number, 4)), 0.15);
            Assert.Equal(0.6827, numbers.Count(number => Math.Abs(number) < 1) / (double)Count, 0.01);
            Assert.Equal(0.0455, numbers.Count(number => Math.Abs(number) > 2) / (double)Count, 0.005);
        }

        Assert.Equal(0, x.Zip(y, (a, b) => (double)a * b).Average(), 0.02);
    }

    [Fact]
    public void Have_the_same_bits_at_every_width()
    {
        (float[] x, float[] y) = Normal<Lanes512>();
        foreach ((float[] others, float[] more) in new[] { Normal<Lanes256>(), Normal<Lanes128>() })
        {
            Assert.Equal(x, others);
            Assert.Equal(y, more);
        }
    }

    // The ends of both, and each eighth of a turn, are among them.
    private static (float[] U, float[] V) Draw()
    {
        float[] u = new float[Count], v = new float[Count];
        for (uint i = 0; i < Count; i++)
        {
            (uint a, uint b, _, _) = Philox.Numbers(i, 0, 0, 0, 7);
            (u[i], v[i]) = (Philox.Fraction(a), Philox.Fraction(b));
        }

        (u[0], u[1], u[2]) = (0, 1 - 5.9604645e-8f, 5.9604645e-8f);
        for (int i = 0; i < 8; i++) v[i] = i / 8f;
        v[8] = 1 - 5.9604645e-8f;
        return (u, v);
    }

    private static (float[] X, float[] Y) Normal<T>() where T : struct, ILanes<T>
    {
        float[] x = new float[Count], y = new float[Count];
        for (int i = 0; i < Count; i += T.Count)
        {
            LaneMath.Normal(T.Load(ref Uniform.U[0], i), T.Load(ref Uniform.V[0], i), out T first, out T second);
            first.Store(ref x[0], i);
            second.Store(ref y[0], i);
        }

        return (x, y);
    }
}
