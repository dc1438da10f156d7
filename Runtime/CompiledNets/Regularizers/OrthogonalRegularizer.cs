using System.Buffers;

namespace CompiledNets.Regularizers;

/// <summary>
/// A penalty on rows (or columns) of a matrix that are not orthogonal to each other: the factor times the mean, over all pairs, of the
/// absolute cosine between the two (Keras).
/// </summary>
public sealed class OrthogonalRegularizer : Regularizer
{
    /// <summary>Length up to which a row counts as this long (Keras's epsilon of normalize).</summary>
    private const double LeastNorm = 1e-12;

    /// <summary>Makes the regularizer.</summary>
    /// <param name="factor">The factor; not negative.</param>
    /// <param name="mode">Whether rows or columns are to be orthogonal.</param>
    /// <exception cref="ArgumentOutOfRangeException">The factor is negative or not finite, or there is no such mode.</exception>
    public OrthogonalRegularizer(double factor = 0.01, OrthogonalMode mode = OrthogonalMode.Rows)
    {
        Factor = CheckedFactor(factor, nameof(factor));
        Mode = Enum.IsDefined(mode) ? mode : throw new ArgumentOutOfRangeException(
            nameof(mode), $"Invalid value for argument `mode`: expected one of {{\"rows\", \"columns\"}}. Received: mode={mode}");
    }

    /// <summary>The factor.</summary>
    public double Factor { get; }

    /// <summary>Whether rows or columns are to be orthogonal.</summary>
    public OrthogonalMode Mode { get; }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The weight has not two axes, or only one row (or column), which makes no pair.</exception>
    public override double Penalty(ReadOnlySpan<float> weight, ReadOnlySpan<int> shape, Span<float> gradient)
    {
        if (shape.Length != 2)
        {
            throw new ArgumentException(
                $"Inputs to OrthogonalRegularizer must have rank 2. Received: shape={ShapeText.Of(shape)}", nameof(shape));
        }

        int count = shape[Mode == OrthogonalMode.Rows ? 0 : 1], length = weight.Length / Math.Max(1, count);
        if (count < 2)
        {
            throw new ArgumentException(
                $"OrthogonalRegularizer compares pairs of {(Mode == OrthogonalMode.Rows ? "rows" : "columns")}, of which there must be " +
                $"two at least. Received: shape={ShapeText.Of(shape)}", nameof(shape));
        }

        // Number k of row i lies at i * step + k * stride.
        (int step, int stride) = Mode == OrthogonalMode.Rows ? (length, 1) : (1, count);
        double[] rented = ArrayPool<double>.Shared.Rent(checked((weight.Length * 2) + count));
        Span<double> unit = rented.AsSpan(0, weight.Length), slope = rented.AsSpan(weight.Length, weight.Length);
        Span<double> norms = rented.AsSpan(2 * weight.Length, count);
        slope.Clear();
        for (int i = 0; i < count; i++)
        {
            double squares = 0;
            for (int k = 0; k < length; k++) squares += (double)weight[(i * step) + (k * stride)] * weight[(i * step) + (k * stride)];
            norms[i] = Math.Max(Math.Sqrt(squares), LeastNorm);
            for (int k = 0; k < length; k++) unit[(i * length) + k] = weight[(i * step) + (k * stride)] / norms[i];
        }

        // value = factor / pairs * Σ |u_i · u_j| over i < j, with u = w / ‖w‖.
        double share = Factor / (count * (count - 1.0) / 2), sum = 0;
        for (int i = 0; i < count; i++)
        {
            Span<double> a = unit.Slice(i * length, length);
            for (int j = i + 1; j < count; j++)
            {
                Span<double> b = unit.Slice(j * length, length);
                double product = 0;
                for (int k = 0; k < length; k++) product += a[k] * b[k];
                sum += Math.Abs(product);
                if (gradient.IsEmpty || product == 0) continue;
                double sign = product > 0 ? share : -share;
                for (int k = 0; k < length; k++)
                {
                    slope[(i * length) + k] += sign * b[k];
                    slope[(j * length) + k] += sign * a[k];
                }
            }
        }

        for (int i = 0; i < count && !gradient.IsEmpty; i++)
        {
            // A row that counts as longer than it is has a constant norm.
            Span<double> u = unit.Slice(i * length, length), d = slope.Slice(i * length, length);
            double along = 0;
            for (int k = 0; k < length && norms[i] > LeastNorm; k++) along += d[k] * u[k];
            for (int k = 0; k < length; k++) gradient[(i * step) + (k * stride)] += (float)((d[k] - (along * u[k])) / norms[i]);
        }

        ArrayPool<double>.Shared.Return(rented);
        return share * sum;
    }
}
