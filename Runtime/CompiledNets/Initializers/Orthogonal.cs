using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace CompiledNets.Initializers;

/// <summary>
/// Starts a weight as a random orthogonal matrix times a gain (Saxe et al. 2014). All axes but the last count as rows; where there are more
/// rows than columns, the columns are orthonormal, else the rows.
/// </summary>
public sealed class Orthogonal : RandomInitializer
{
    /// <summary>Makes the initializer.</summary>
    /// <param name="gain">What the matrix is multiplied by.</param>
    /// <param name="seed">A seed of its own; null for one from the network.</param>
    /// <exception cref="ArgumentOutOfRangeException">The gain is not finite.</exception>
    public Orthogonal(double gain = 1, int? seed = null)
        : base(seed) => Gain = Checked(gain, true, nameof(gain), "a finite number");

    /// <summary>What the matrix is multiplied by.</summary>
    public double Gain { get; }

    /// <inheritdoc/>
    /// <remarks>
    /// Keras takes Q of a normal matrix = QR with the signs that make the diagonal of R positive; so do Gram and Schmidt.
    /// </remarks>
    protected override void Draw(Span<float> values, ReadOnlySpan<int> shape, ulong key)
    {
        if (shape.Length < 2)
        {
            throw new ArgumentException(
                $"The tensor to initialize must be at least two-dimensional. Received: shape={ShapeText.Of(shape)} of rank {shape.Length}.",
                    nameof(shape));
        }

        int columns = shape[^1], rows = values.Length / columns;
        int count = Math.Min(rows, columns), length = Math.Max(rows, columns);
        RandomNumbers.Normal(values, 0, 1, key);
        double[] vectors = new double[values.Length];
        TensorPrimitives.ConvertChecked<float, double>(values, vectors);
        for (int i = 0; i < count; i++) Orthonormalize(vectors, i, length);

        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                int at = rows >= columns ? (column * length) + row : (row * length) + column;
                values[(row * columns) + column] = (float)(Gain * vectors[at]);
            }
        }
    }

    // Takes off a vector its parts along those before it, twice, because rounding leaves a little of them the first time.
    private static void Orthonormalize(double[] vectors, int index, int length)
    {
        Span<double> vector = vectors.AsSpan(index * length, length);
        for (int pass = 0; pass < 2; pass++)
        {
            for (int i = 0; i < index; i++)
            {
                ReadOnlySpan<double> before = vectors.AsSpan(i * length, length);
                TensorPrimitives.MultiplyAdd(before, -Dot(before, vector), vector, vector);
            }
        }

        TensorPrimitives.Divide(vector, Math.Sqrt(Dot(vector, vector)), vector);
    }

    // In an order that does not depend on the machine, as TensorPrimitives.Dot does.
    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        ref double x = ref MemoryMarshal.GetReference(a);
        ref double y = ref MemoryMarshal.GetReference(b);
        Vector256<double> sums = Vector256<double>.Zero, others = sums;
        int at = 0;
        for (; at <= a.Length - 8; at += 8)
        {
            sums += Vector256.LoadUnsafe(ref x, (nuint)(uint)at) * Vector256.LoadUnsafe(ref y, (nuint)(uint)at);
            others += Vector256.LoadUnsafe(ref x, (nuint)(uint)(at + 4)) * Vector256.LoadUnsafe(ref y, (nuint)(uint)(at + 4));
        }

        sums += others;
        double sum = (sums[0] + sums[1]) + (sums[2] + sums[3]);
        for (; at < a.Length; at++) sum += a[at] * b[at];
        return sum;
    }
}
