using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CompiledNets.Data;

/// <summary>
/// Numbers of samples, from whatever a program has them in: tensors and arrays of <see cref="float"/>, <see cref="double"/> or
/// <see cref="int"/> convert by themselves. The first axis is the
/// samples: <c>float[,]</c> and <c>float[][]</c> are (samples, features), <c>float[]</c> is (samples). Numbers are kept in single
/// precision; arrays are copied, a tensor of floats is not.
/// </summary>
public sealed class Samples
{
    /// <summary>Takes a tensor as it is.</summary>
    /// <param name="tensor">Shape (samples, ...).</param>
    public Samples(Tensor<float> tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        Tensor = tensor;
    }

    /// <summary>The numbers, shape (samples, ...).</summary>
    public Tensor<float> Tensor { get; }

    /// <summary>A tensor of shape (samples, ...), as it is.</summary>
    /// <param name="tensor">The tensor.</param>
    [return: NotNullIfNotNull(nameof(tensor))]
    public static implicit operator Samples?(Tensor<float>? tensor) => tensor is null ? null : new(tensor);

    /// <summary>A tensor of shape (samples, ...).</summary>
    /// <param name="tensor">The tensor.</param>
    /// <exception cref="ArgumentException">A number is too large for single precision.</exception>
    [return: NotNullIfNotNull(nameof(tensor))]
    public static implicit operator Samples?(Tensor<double>? tensor) => tensor is null ? null : Of(tensor);

    /// <summary>One number a sample: shape (samples).</summary>
    /// <param name="numbers">The numbers.</param>
    [return: NotNullIfNotNull(nameof(numbers))]
    public static implicit operator Samples?(float[]? numbers) => numbers is null ? null : Of<float>(numbers, [numbers.Length]);

    /// <summary>One number a sample: shape (samples).</summary>
    /// <param name="numbers">The numbers.</param>
    /// <exception cref="ArgumentException">A number is too large for single precision.</exception>
    [return: NotNullIfNotNull(nameof(numbers))]
    public static implicit operator Samples?(double[]? numbers) => numbers is null ? null : Of<double>(numbers, [numbers.Length]);

    /// <summary>One number a sample, such as its class: shape (samples).</summary>
    /// <param name="numbers">The numbers.</param>
    [return: NotNullIfNotNull(nameof(numbers))]
    public static implicit operator Samples?(int[]? numbers) => numbers is null ? null : Of<int>(numbers, [numbers.Length]);

    /// <summary>A row a sample: shape (samples, features).</summary>
    /// <param name="rows">The rows.</param>
    [return: NotNullIfNotNull(nameof(rows))]
    public static implicit operator Samples?(float[,]? rows) => OfGrid<float>(rows);

    /// <summary>A row a sample: shape (samples, features).</summary>
    /// <param name="rows">The rows.</param>
    /// <exception cref="ArgumentException">A number is too large for single precision.</exception>
    [return: NotNullIfNotNull(nameof(rows))]
    public static implicit operator Samples?(double[,]? rows) => OfGrid<double>(rows);

    /// <summary>A row a sample: shape (samples, features).</summary>
    /// <param name="rows">The rows.</param>
    [return: NotNullIfNotNull(nameof(rows))]
    public static implicit operator Samples?(int[,]? rows) => OfGrid<int>(rows);

    /// <summary>A table a sample: shape (samples, steps, features).</summary>
    /// <param name="tables">The tables.</param>
    [return: NotNullIfNotNull(nameof(tables))]
    public static implicit operator Samples?(float[,,]? tables) => OfGrid<float>(tables);

    /// <summary>An image a sample: shape (samples, height, width, channels).</summary>
    /// <param name="images">The images.</param>
    [return: NotNullIfNotNull(nameof(images))]
    public static implicit operator Samples?(float[,,,]? images) => OfGrid<float>(images);

    /// <summary>A row a sample: shape (samples, features).</summary>
    /// <param name="rows">The rows, all equally long.</param>
    /// <exception cref="ArgumentException">A row is missing or has another length than the first, or there are none.</exception>
    [return: NotNullIfNotNull(nameof(rows))]
    public static implicit operator Samples?(float[][]? rows) => OfRows(rows);

    /// <summary>A row a sample: shape (samples, features).</summary>
    /// <param name="rows">The rows, all equally long.</param>
    /// <exception cref="ArgumentException">
    /// A row is missing or has another length than the first, there are none, or a number is too large for single precision.
    /// </exception>
    [return: NotNullIfNotNull(nameof(rows))]
    public static implicit operator Samples?(double[][]? rows) => OfRows(rows);

    /// <summary>Puts tables side by side: the columns of the first, then those of the second, and so on.</summary>
    /// <param name="tables">Shapes (samples, features), or (samples) for one column, all with as many samples.</param>
    /// <returns>Shape (samples, features of all).</returns>
    /// <exception cref="ArgumentException">There are no tables, one has more axes, or their numbers of samples differ.</exception>
    public static Tensor<float> Join(params Samples[] tables)
    {
        ArgumentNullException.ThrowIfNull(tables);
        if (tables.Length == 0) throw new ArgumentException("Expected at least one table. Received: none", nameof(tables));
        Rows[] parts = new Rows[tables.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            ArgumentNullException.ThrowIfNull(tables[i], nameof(tables));
            parts[i] = new Rows(tables[i].Tensor);
            if (parts[i].Shape.Length is 1 or 2 && parts[i].Count == parts[0].Count) continue;
            string rows = i == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", with {parts[0].Count} samples as table 0");
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture,
                    $"Expected tables of shape (samples, features) or (samples){rows}. Received: table {i} (from 0) of shape {tables[i]}"),
                    nameof(tables));
        }

        int columns = parts.Sum(part => part.RowLength), count = parts[0].Count;
        float[] joined = new float[checked(count * columns)];
        int first = 0;
        foreach (Rows part in parts)
        {
            for (int row = 0; row < count; row++)
                part.Span.Slice(row * part.RowLength, part.RowLength).CopyTo(joined.AsSpan((row * columns) + first));
            first += part.RowLength;
        }

        return System.Numerics.Tensors.Tensor.Create(joined, [count, columns]);
    }

    /// <summary>The shape: <c>(235, 34)</c>.</summary>
    public override string ToString() => ShapeText.Of(TensorRows.Shape(Tensor));

    /// <summary>A tensor of numbers of any type.</summary>
    /// <exception cref="ArgumentException">A number is too large for single precision.</exception>
    internal static Samples Of<T>(Tensor<T> tensor) where T : INumber<T>
    {
        T[] numbers = new T[checked((int)tensor.FlattenedLength)];
        tensor.FlattenTo(numbers);
        return Of<T>(numbers, TensorRows.Shape(tensor));
    }

    /// <summary>An array of any rank, which lies row by row in memory, as a tensor does.</summary>
    /// <exception cref="ArgumentException">A number is too large for single precision.</exception>
    [return: NotNullIfNotNull(nameof(array))]
    internal static Samples? OfGrid<T>(Array? array) where T : INumber<T>
    {
        if (array is null) return null;
        ReadOnlySpan<T> numbers = array.Length == 0
            ? []
            : MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<byte, T>(ref MemoryMarshal.GetArrayDataReference(array)), array.Length);
        return Of(numbers, [.. Enumerable.Range(0, array.Rank).Select(array.GetLength)]);
    }

    [return: NotNullIfNotNull(nameof(rows))]
    private static Samples? OfRows<T>(T[][]? rows) where T : struct, INumber<T>
    {
        if (rows is null) return null;
        if (rows.Length == 0) throw new ArgumentException("Expected at least one row, but received an array of none.", nameof(rows));
        for (int row = 0; row < rows.Length; row++)
        {
            if (rows[row]?.Length == rows[0]?.Length && rows[row] is not null) continue;
            string found = rows[row] is null ? "is null" : string.Create(CultureInfo.InvariantCulture, $"has {rows[row].Length} numbers");
            string expected = row == 0
                ? "an array of numbers in each row"
                : string.Create(CultureInfo.InvariantCulture, $"{rows[0].Length} numbers in each row, as in row 0");
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"Expected {expected}, but row {row} {found} (rows count from 0)."),
                nameof(rows));
        }

        T[] numbers = new T[checked(rows.Length * rows[0].Length)];
        for (int row = 0; row < rows.Length; row++) rows[row].CopyTo(numbers, row * rows[0].Length);
        return Of<T>(numbers, [rows.Length, rows[0].Length]);
    }

    private static Samples Of<T>(ReadOnlySpan<T> numbers, ReadOnlySpan<int> shape) where T : INumber<T>
    {
        float[] singles = new float[numbers.Length];
        for (int i = 0; i < singles.Length; i++)
        {
            singles[i] = float.CreateSaturating(numbers[i]);
            // What is not finite already is refused where it is used, by the name it has there.
            if (!float.IsInfinity(singles[i]) || !T.IsFinite(numbers[i])) continue;
            int row = i / (numbers.Length / shape[0]), column = i % (numbers.Length / shape[0]);
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture,
                    $"Expected numbers of at most 3.4e38 in size, but found {numbers[i]} at row {row}, column {column} (both from 0)."),
                nameof(numbers));
        }

        Span<nint> lengths = stackalloc nint[shape.Length];
        for (int axis = 0; axis < lengths.Length; axis++) lengths[axis] = shape[axis];
        return new(System.Numerics.Tensors.Tensor.Create(singles, lengths));
    }
}
