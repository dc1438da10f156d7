using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using CompiledNets.Numerics;

namespace CompiledNets;

/// <summary>Scales gradients down to a norm, as Keras does.</summary>
internal static class GradientClipping
{
    /// <summary>Scales the gradient of each weight whose norm is over <paramref name="limit"/> down to it.</summary>
    public static void ByNorm(Arena gradients, (int Offset, int Length)[] weights, double limit)
    {
        foreach ((int offset, int length) in weights)
        {
            Span<float> gradient = gradients.Span.Slice(offset, length);
            Scale(gradient, limit / Math.Max(Math.Sqrt(SumOfSquares(gradient)), limit));
        }
    }

    /// <summary>
    /// Scales all gradients down where their common norm is over <paramref name="limit"/>. Where it is not finite, all of them become NaN.
    /// </summary>
    public static void ByGlobalNorm(Arena gradients, (int Offset, int Length)[] weights, double limit)
    {
        double sum = 0;
        foreach ((int offset, int length) in weights) sum += SumOfSquares(gradients.Span.Slice(offset, length));
        double norm = Math.Sqrt(sum);
        double factor = double.IsFinite(norm) ? limit / Math.Max(norm, limit) : double.NaN;
        foreach ((int offset, int length) in weights) Scale(gradients.Span.Slice(offset, length), factor);
    }

    private static void Scale(Span<float> gradient, double factor)
    {
        if (factor != 1) TensorPrimitives.Multiply(gradient, (float)factor, gradient);
    }

    /// <summary>
    /// The sum of squares in double precision, in an order that no machine changes: number i of each 16 has a sum of its own. Squares are
    /// exact, so that it does not matter whether they are fused.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double SumOfSquares(ReadOnlySpan<float> numbers)
    {
        ref float start = ref MemoryMarshal.GetReference(numbers);
        Vector256<double> sum0 = Vector256<double>.Zero, sum1 = sum0, sum2 = sum0, sum3 = sum0;
        int at = 0;
        for (; at <= numbers.Length - 16; at += 16)
        {
            (Vector256<double> a, Vector256<double> b) = Vector256.Widen(Vector256.LoadUnsafe(ref start, (nuint)(uint)at));
            (Vector256<double> c, Vector256<double> d) = Vector256.Widen(Vector256.LoadUnsafe(ref start, (nuint)(uint)(at + 8)));
            sum0 += a * a;
            sum1 += b * b;
            sum2 += c * c;
            sum3 += d * d;
        }

        Vector256<double> quarters = (sum0 + sum1) + (sum2 + sum3);
        double sum = (quarters[0] + quarters[1]) + (quarters[2] + quarters[3]);
        for (; at < numbers.Length; at++) sum += (double)numbers[at] * numbers[at];
        return sum;
    }
}
