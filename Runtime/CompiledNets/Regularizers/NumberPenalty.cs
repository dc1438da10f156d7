using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace CompiledNets;

/// <summary>
/// A penalty that each number has for itself: l1 * |w| + l2 * w². Ranges may be worked apart. Nothing is fused and all sums have a fixed
/// order, so that no machine changes a bit.
/// </summary>
internal readonly record struct NumberPenalty(double L1, double L2)
{
    /// <summary>The sum over some numbers; adds the derivatives unless <paramref name="gradient"/> is empty.</summary>
    public double Add(ReadOnlySpan<float> weight, Span<float> gradient)
    {
        if (!gradient.IsEmpty) AddGradient(weight, gradient);
        return Value(weight);
    }

    /// <summary>The sum over some numbers.</summary>
    public double Value(ReadOnlySpan<float> weight) =>
        (L1 == 0 ? 0 : L1 * SumOfSizes(weight)) + (L2 == 0 ? 0 : L2 * GradientClipping.SumOfSquares(weight));

    /// <summary>Adds the derivative by each number: l1 * sign(w) + 2 * l2 * w, where the sign of 0 is 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void AddGradient(ReadOnlySpan<float> weight, Span<float> gradient)
    {
        ref float w = ref MemoryMarshal.GetReference(weight), g = ref MemoryMarshal.GetReference(gradient);
        float size = (float)L1, slope = (float)(2 * L2);
        Vector256<float> up = Vector256.Create(size), down = Vector256.Create(-size), slopes = Vector256.Create(slope);
        int at = 0;
        for (; at <= weight.Length - Vector256<float>.Count; at += Vector256<float>.Count)
        {
            Vector256<float> v = Vector256.LoadUnsafe(ref w, (nuint)(uint)at);
            // Zero keeps its sign, and what is not a number stays none.
            Vector256<float> notUp = Vector256.ConditionalSelect(Vector256.LessThan(v, Vector256<float>.Zero), down, v);
            Vector256<float> sign = Vector256.ConditionalSelect(Vector256.GreaterThan(v, Vector256<float>.Zero), up, notUp);
            (Vector256.LoadUnsafe(ref g, (nuint)(uint)at) + ((slopes * v) + sign)).StoreUnsafe(ref g, (nuint)(uint)at);
        }

        for (; at < weight.Length; at++)
        {
            float v = weight[at];
            gradient[at] += (slope * v) + (v > 0 ? size : v < 0 ? -size : v);
        }
    }

    // As GradientClipping.SumOfSquares: number i of each 16 has a sum of its own.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double SumOfSizes(ReadOnlySpan<float> numbers)
    {
        ref float start = ref MemoryMarshal.GetReference(numbers);
        Vector256<double> sum0 = Vector256<double>.Zero, sum1 = sum0, sum2 = sum0, sum3 = sum0;
        int at = 0;
        for (; at <= numbers.Length - 16; at += 16)
        {
            (Vector256<double> a, Vector256<double> b) = Vector256.Widen(Vector256.Abs(Vector256.LoadUnsafe(ref start, (nuint)(uint)at)));
            Vector256<float> second = Vector256.Abs(Vector256.LoadUnsafe(ref start, (nuint)(uint)(at + 8)));
            (Vector256<double> c, Vector256<double> d) = Vector256.Widen(second);
            sum0 += a;
            sum1 += b;
            sum2 += c;
            sum3 += d;
        }

        Vector256<double> quarters = (sum0 + sum1) + (sum2 + sum3);
        double sum = (quarters[0] + quarters[1]) + (quarters[2] + quarters[3]);
        for (; at < numbers.Length; at++) sum += Math.Abs((double)numbers[at]);
        return sum;
    }
}
