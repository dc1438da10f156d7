using System.Globalization;
using System.Numerics.Tensors;

namespace CompiledNets.Data;

/// <summary>Vectors of length 1.</summary>
public static class VectorNorm
{
    /// <summary>Divides vectors by their norm, as <c>keras.utils.normalize</c>; those of norm 0 stay as they are.</summary>
    /// <param name="x">Shape (samples, ...).</param>
    /// <param name="axis">The axis along which vectors lie; negative ones count from the last.</param>
    /// <param name="order">
    /// The norm: (Σ |x|^order)^(1/order); infinite for the largest number, minus infinity for the smallest, 0 for how many are not 0.
    /// </param>
    /// <returns>The same shape.</returns>
    /// <exception cref="ArgumentException">There is no such axis, or the order is not a number.</exception>
    public static Tensor<float> Normalize(Samples x, int axis = -1, double order = 2)
    {
        ArgumentNullException.ThrowIfNull(x);
        int[] shape = TensorRows.Shape(x.Tensor);
        int at = axis < 0 ? axis + shape.Length : axis;
        if (at < 0 || at >= shape.Length)
            throw new ArgumentOutOfRangeException(
                nameof(axis), string.Create(CultureInfo.InvariantCulture, $"Expected an axis of shape {x}. Received: axis={axis}"));
        if (double.IsNaN(order)) throw new ArgumentOutOfRangeException(nameof(order), "Expected a number. Received: order=NaN");
        float[] numbers = TensorRows.Numbers(x.Tensor);
        int length = shape[at], inner = 1;
        for (int i = at + 1; i < shape.Length; i++) inner *= shape[i];
        for (int vector = 0; length > 0 && vector < numbers.Length / length; vector++)
        {
            int first = (vector / inner * inner * length) + (vector % inner);
            double norm = Norm(numbers, first, length, inner, order);
            if (norm == 0) continue;
            for (int i = 0; i < length; i++) numbers[first + (i * inner)] = (float)(numbers[first + (i * inner)] / norm);
        }

        return IndexEncoding.Create(numbers, shape);
    }

    private static double Norm(float[] numbers, int first, int length, int step, double order)
    {
        double norm = double.IsInfinity(order) ? Math.Abs(numbers[first]) : 0;
        for (int i = 0; i < length; i++)
        {
            double size = Math.Abs((double)numbers[first + (i * step)]);
            norm = order switch
            {
                double.PositiveInfinity => Math.Max(norm, size),
                double.NegativeInfinity => Math.Min(norm, size),
                0 => norm + (size == 0 ? 0 : 1),
                _ => norm + Math.Pow(size, order),
            };
        }

        return order == 0 || double.IsInfinity(order) ? norm : Math.Pow(norm, 1 / order);
    }
}
