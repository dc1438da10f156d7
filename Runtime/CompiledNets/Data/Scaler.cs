using System.Globalization;
using System.Numerics.Tensors;

namespace CompiledNets.Data;

/// <summary>
/// Moves and stretches each column of a table: (x - center) / scale, with numbers learned from data. Fit it on the training rows only.
/// </summary>
public abstract class Scaler
{
    private double[] center = [];
    private double[] scale = [];

    private protected Scaler()
    {
    }

    /// <summary>What is subtracted from each column; empty before <see cref="Fit"/>.</summary>
    public IReadOnlyList<double> Center => center;

    /// <summary>What each column is divided by then; empty before <see cref="Fit"/>.</summary>
    public IReadOnlyList<double> Scale => scale;

    private string Name => GetType().Name;

    /// <summary>Learns the numbers of each column.</summary>
    /// <param name="data">Shape (samples, features); finite numbers.</param>
    /// <exception cref="ArgumentException">The shape is another, there are no rows, or a number is not finite.</exception>
    public void Fit(Samples data)
    {
        Rows rows = Table(data);
        int columns = rows.RowLength;
        double[] newCenter = new double[columns], newScale = new double[columns];
        double[] column = new double[rows.Count];
        for (int c = 0; c < columns; c++)
        {
            for (int r = 0; r < column.Length; r++) column[r] = Finite(rows.Span[(r * columns) + c], r, c);
            (newCenter[c], newScale[c]) = Measure(column);
        }

        (center, scale) = (newCenter, newScale);
    }

    /// <summary>Scales data by what was learned.</summary>
    /// <param name="data">Shape (samples, features), with as many features as were fitted; NaN stays NaN.</param>
    /// <returns>The same shape.</returns>
    /// <exception cref="ArgumentException">The shape is another, or a number is or becomes too large for single precision.</exception>
    /// <exception cref="InvalidOperationException">Nothing was fitted.</exception>
    public Tensor<float> Transform(Samples data) => Map(data, static (x, center, scale) => (x - center) / scale);

    /// <summary><see cref="Fit"/>, then <see cref="Transform"/>.</summary>
    /// <param name="data">Shape (samples, features); finite numbers.</param>
    /// <returns>The same shape.</returns>
    /// <exception cref="ArgumentException">The shape is another, there are no rows, or a number is not finite.</exception>
    public Tensor<float> FitTransform(Samples data)
    {
        Fit(data);
        return Transform(data);
    }

    /// <summary>Undoes <see cref="Transform"/>, up to rounding.</summary>
    /// <param name="data">Shape (samples, features), with as many features as were fitted; NaN stays NaN.</param>
    /// <returns>The same shape.</returns>
    /// <exception cref="ArgumentException">The shape is another, or a number is or becomes too large for single precision.</exception>
    /// <exception cref="InvalidOperationException">Nothing was fitted.</exception>
    public Tensor<float> InverseTransform(Samples data) => Map(data, static (x, center, scale) => (x * scale) + center);

    /// <summary>The center and the scale of a column; the scale is not 0.</summary>
    private protected abstract (double Center, double Scale) Measure(ReadOnlySpan<double> column);

    private Tensor<float> Map(Samples data, Func<double, double, double, double> map)
    {
        if (center.Length == 0) throw new InvalidOperationException($"This {Name} was not fitted yet: call Fit or FitTransform before.");
        Rows rows = Table(data);
        if (rows.RowLength != center.Length)
        {
            string expected = string.Create(
                CultureInfo.InvariantCulture, $"Expected the {center.Length} columns that this {Name} was fitted with.");
            throw new ArgumentException($"{expected} Received: data.shape={data}", nameof(data));
        }

        float[] mapped = new float[rows.Span.Length];
        for (int i = 0; i < mapped.Length; i++)
        {
            int c = i % center.Length;
            mapped[i] = (float)map(rows.Span[i], center[c], scale[c]);
            if (!float.IsInfinity(mapped[i])) continue;
            string found = string.Create(
                CultureInfo.InvariantCulture, $"{rows.Span[i]} at row {i / center.Length}, column {c} (both from 0)");
            throw new ArgumentException($"{Name} expected numbers that stay within single precision, but found {found}.", nameof(data));
        }

        return Tensor.Create(mapped, data.Tensor.Lengths);
    }

    private Rows Table(Samples data)
    {
        ArgumentNullException.ThrowIfNull(data);
        Rows rows = new(data.Tensor);
        if (rows.Shape.Length == 2 && rows.Span.Length > 0) return rows;
        throw new ArgumentException(
            $"{Name} expected data of shape (samples, features), with at least one of each. Received: data.shape={data}", nameof(data));
    }

    private double Finite(float number, int row, int column)
    {
        if (float.IsFinite(number)) return number;
        string found = string.Create(CultureInfo.InvariantCulture, $"{number} at row {row}, column {column} (both from 0)");
        throw new ArgumentException($"{Name} expected finite numbers, but found {found}.", "data");
    }
}
