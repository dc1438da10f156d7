using System.Globalization;
using System.Numerics.Tensors;

namespace CompiledNets.Data;

/// <summary>Numbers of categories as Keras's layers give them out (<c>encode_categorical_inputs</c>).</summary>
internal static class IndexEncoding
{
    /// <summary>The whole numbers up to which single precision holds each one.</summary>
    public const int MostExact = 1 << 24;

    /// <summary>Encodes numbers.</summary>
    /// <param name="indices">The numbers; those outside of 0 to <paramref name="depth"/> - 1 leave zeros.</param>
    /// <param name="shape">
    /// Their shape. In the modes of a row a sample, axis 1 is that of a sample, or axis 0 where there is no other.
    /// </param>
    /// <param name="mode">How.</param>
    /// <param name="depth">How long a row is.</param>
    /// <param name="columnWeights">What counts are multiplied by, a number a column; for <see cref="OutputMode.TfIdf"/>.</param>
    /// <param name="countWeights">What each number counts; null for 1.</param>
    public static Tensor<float> Encode(
        ReadOnlySpan<int> indices, ReadOnlySpan<int> shape, OutputMode mode, int depth, float[]? columnWeights = null,
        float[]? countWeights = null)
    {
        if (mode == OutputMode.Int) return Create([.. indices.ToArray().Select(index => (float)index)], shape);
        if (mode == OutputMode.OneHot)
        {
            float[] ones = Rows(indices.Length, depth);
            for (int i = 0; i < indices.Length; i++) Count(ones.AsSpan(i * depth, depth), indices[i], mode, 1);
            return Create(ones, [.. shape.Length > 1 && shape[^1] == 1 ? shape[..^1] : shape, depth]);
        }

        // (samples, length, rest) to (samples, rest, depth).
        int length = shape.Length > 1 ? shape[1] : indices.Length, samples = shape.Length > 1 ? shape[0] : 1, rest = 1;
        for (int axis = 2; axis < shape.Length; axis++) rest *= shape[axis];
        float[] rows = Rows(samples * rest, depth);
        for (int i = 0; i < indices.Length; i++)
        {
            int row = (i / (length * rest) * rest) + (i % rest);
            Count(rows.AsSpan(row * depth, depth), indices[i], mode, countWeights?[i] ?? 1);
        }

        if (columnWeights is not null)
            for (int i = 0; i < rows.Length; i++) rows[i] *= columnWeights[i % depth];
        int[] encoded = shape.Length > 1 ? [samples, .. shape[2..], depth] : [depth];
        return Create(rows, encoded);
    }

    /// <summary>Counts one number into the row of its sample.</summary>
    public static void Count(Span<float> row, int index, OutputMode mode, float weight)
    {
        if ((uint)index >= (uint)row.Length) return;
        row[index] = mode is OutputMode.OneHot or OutputMode.MultiHot ? 1 : row[index] + weight;
    }

    /// <summary>Room for rows.</summary>
    /// <exception cref="ArgumentException">There are more numbers than an array holds.</exception>
    public static float[] Rows(int rows, int depth)
    {
        if ((long)rows * depth <= Array.MaxLength) return new float[rows * depth];
        throw new ArgumentException(string.Create(
            CultureInfo.InvariantCulture, $"Expected as many numbers in all as an array holds. Received: {rows} rows of {depth}"));
    }

    /// <summary>A tensor of a shape.</summary>
    public static Tensor<float> Create(float[] numbers, ReadOnlySpan<int> shape)
    {
        nint[] lengths = new nint[shape.Length];
        for (int axis = 0; axis < lengths.Length; axis++) lengths[axis] = shape[axis];
        return Tensor.Create(numbers, lengths);
    }

    /// <summary>Refuses a number of categories for which single precision has no number of its own.</summary>
    public static int CheckDepth(int depth, string argument)
    {
        if (depth is >= 1 and <= MostExact) return depth;
        throw new ArgumentOutOfRangeException(argument, string.Create(
            CultureInfo.InvariantCulture, $"Expected from 1 to {MostExact} categories. Received: {argument}={depth}"));
    }

    /// <summary>The whole numbers of samples.</summary>
    /// <exception cref="ArgumentException">One is no whole number.</exception>
    public static int[] WholeNumbers(Samples x, string argument) =>
        Array.ConvertAll(TensorRows.Numbers(x.Tensor), number =>
        {
            if (float.IsInteger(number) && Math.Abs(number) <= MostExact) return (int)number;
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"Expected whole numbers, at most {MostExact} in size. Received: {number}"),
                argument);
        });
}
