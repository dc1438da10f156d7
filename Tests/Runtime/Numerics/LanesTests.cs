using CompiledNets.Numerics;

namespace CompiledNets.Tests.Numerics;

/// <summary>Each operation of the lanes against the same in single numbers, at every width.</summary>
public abstract class LanesTests<T> where T : struct, ILanes<T>
{
    private static readonly float[] Numbers =
        [0, -0f, 1, -1, 0.5f, 1.5f, 2.5f, -2.5f, 3.7f, 1e-31f, -1e-29f, 1e30f, float.MaxValue, float.PositiveInfinity,
            float.NegativeInfinity, float.NaN, 1.17549435e-38f, 88.5f, -0.49999997f, 1e-40f];

    [Fact]
    public void Operations_of_two_are_those_of_numbers()
    {
        Pairs((a, b) => a + b, (a, b) => a + b);
        Pairs((a, b) => a - b, (a, b) => a - b);
        Pairs((a, b) => a * b, (a, b) => a * b);
        Pairs((a, b) => a / b, (a, b) => a / b);
        Pairs(T.Max, (a, b) => a > b ? a : b);
        Pairs(T.Min, (a, b) => a < b ? a : b);
        Pairs(T.CopySign, MathF.CopySign);
        T yes = T.Splat(2), no = T.Splat(3);
        Pairs((a, b) => T.SelectGreater(a, b, yes, no), (a, b) => a > b ? 2 : 3);
        Pairs((a, b) => T.SelectGreaterOrEqual(a, b, yes, no), (a, b) => a >= b ? 2 : 3);
        Pairs((a, b) => T.SelectEqual(a, b, yes, no), (a, b) => a == b ? 2 : 3);
        if (System.Runtime.Intrinsics.X86.Fma.IsSupported) Pairs((a, b) => T.Fma(a, b, b), (a, b) => MathF.FusedMultiplyAdd(a, b, b));
    }

    [Fact]
    public void Operations_of_one_are_those_of_numbers()
    {
        Each(a => -a, a => -a);
        Each(T.Abs, MathF.Abs);
        Each(T.Sqrt, MathF.Sqrt);
        Each(T.Round, a => MathF.Round(a, MidpointRounding.ToEven));
        Each(T.Flush, a => MathF.Abs(a) < 1.17549435e-38f ? 0 : a);
        foreach (float a in new[] { 1.17549435e-38f, 0.7f, 0.70710677f, 0.70710683f, 1, 1.41421f, 1.4143f, 3e5f, float.MaxValue })
        {
            float mantissa = First(T.Mantissa(T.Splat(a))), exponent = First(T.Exponent(T.Splat(a)));
            Assert.InRange(mantissa, 0.70710677f, 1.4142136f);
            Assert.Equal(a, (float)(mantissa * Math.Pow(2, exponent)));
            int power = a < 1e-30f ? 2 : -2;
            Assert.Equal(MathF.ScaleB(a, power), First(T.Scale(T.Splat(a), T.Splat(power))));
        }
    }

    [Fact]
    public void Lanes_are_numbered_summed_and_compared_across()
    {
        float[] lanes = [.. Enumerable.Range(0, T.Count).Select(i => (i * 37 % 16) - 3.25f)];
        T vector = T.Load(ref lanes[0], 0);
        Assert.Equal(lanes.Sum(), T.Sum(vector), 1e-4f);
        Assert.Equal(lanes.Max(), T.MaxAcross(vector));
        Assert.Equal(Enumerable.Range(0, T.Count).Select(i => (float)i), All(T.Indices));
        Assert.All(All(T.Broadcast(ref lanes[0], 2)), value => Assert.Equal(lanes[2], value));
        T.Prefetch(ref lanes[0], 1 << 20);
        Assert.Equal(All(T.Fma(T.Splat(lanes[1]), vector, T.Indices)), All(T.FmaFrom(ref lanes[0], 1, ref lanes[0], 0, T.Indices)));
        Assert.Equal(All(T.Fma(T.Splat(lanes[1]), vector, T.Indices)), All(T.FmaOf(ref lanes[0], 1, vector, T.Indices)));
    }

    [Fact]
    public void Transposes_turn()
    {
        int n = T.Count, stride = n + 3;
        float[] source = [.. Enumerable.Range(0, n * stride).Select(i => (float)i)], target = new float[n * stride];
        T.Transpose(ref source[0], 0, stride, ref target[0], 0, stride);
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++) Assert.Equal(source[(i * stride) + j], target[(j * stride) + i]);
    }

    [Fact]
    public void Rows_are_gathered_turned()
    {
        int n = T.Count;
        foreach (int length in Enumerable.Range(4, 10))
        {
            float[] source = [.. Enumerable.Range(0, n * length).Select(i => (float)i)], gathered = new float[(length * n) + 1];
            int[] rows = [.. Enumerable.Range(0, n).Select(i => (i * 3) % n)];
            T.GatherRows(ref source[0], ref rows[0], length, ref gathered[0], 0);
            for (int i = 0; i < n; i++)
                for (int j = 0; j < length; j++) Assert.Equal(source[(rows[i] * length) + j], gathered[(j * n) + i]);
            Assert.Equal(0, gathered[^1]);
        }
    }

    [Fact]
    public void Uniform_numbers_are_those_of_Philox()
    {
        T.Uniform(7, 8, 9, 10, 11, 12, out T r0, out T r1, out T r2, out T r3);
        float[][] lanes = [All(r0), All(r1), All(r2), All(r3)];
        for (uint i = 0; i < T.Count; i++)
        {
            (uint a, uint b, uint c, uint d) = Philox.Numbers(7, 8, 9 + i, 10, 12ul << 32 | 11);
            Assert.Equal([Philox.Fraction(a), Philox.Fraction(b), Philox.Fraction(c), Philox.Fraction(d)], lanes.Select(lane => lane[i]));
        }
    }

    private static void Pairs(Func<T, T, T> lanes, Func<float, float, float> numbers)
    {
        foreach (float a in Numbers)
        {
            foreach (float b in Numbers) Assert.Equal(numbers(a, b), First(lanes(T.Splat(a), T.Splat(b))));
        }
    }

    private static void Each(Func<T, T> lanes, Func<float, float> number)
    {
        foreach (float a in Numbers) Assert.Equal(number(a), First(lanes(T.Splat(a))));
    }

    private static float First(T vector)
    {
        float[] all = All(vector);
        Assert.All(all, value => Assert.Equal(all[0], value));
        return all[0];
    }

    private static float[] All(T vector)
    {
        float[] lanes = new float[T.Count];
        vector.Store(ref lanes[0], 0);
        return lanes;
    }
}

/// <summary>512 bits.</summary>
public sealed class Lanes512Tests : LanesTests<Lanes512>;

/// <summary>256 bits.</summary>
public sealed class Lanes256Tests : LanesTests<Lanes256>;

/// <summary>128 bits.</summary>
public sealed class Lanes128Tests : LanesTests<Lanes128>;
