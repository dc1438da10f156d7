using System.Globalization;
using System.Numerics.Tensors;

namespace CompiledNets.Data;

/// <summary>Differences of a series, which take its trend out, and the series that differences come from.</summary>
public static class Differencing
{
    /// <summary>How much each value differs from the one <paramref name="lag"/> steps before.</summary>
    /// <param name="series">Shape (steps) or (steps, features), in order of time.</param>
    /// <param name="lag">How many steps before; 12 takes the season out of monthly figures.</param>
    /// <returns>The same shape, with <paramref name="lag"/> steps less.</returns>
    /// <exception cref="ArgumentException">The series is no longer than the lag, or has another shape.</exception>
    public static Tensor<float> Difference(Samples series, int lag = 1)
    {
        ArgumentNullException.ThrowIfNull(series);
        Rows rows = Series(series, nameof(series));
        Check(lag, rows.Count - 1);
        ReadOnlySpan<float> values = rows.Span;
        int reach = lag * rows.RowLength;
        float[] differences = new float[values.Length - reach];
        for (int i = 0; i < differences.Length; i++) differences[i] = values[i + reach] - values[i];
        return IndexEncoding.Create(differences, [rows.Count - lag, .. rows.SampleShape]);
    }

    /// <summary>The series that differences come from.</summary>
    /// <param name="differences">
    /// Shape (steps) or (steps, features), as <see cref="Difference"/> gives them, or a model predicts them.
    /// </param>
    /// <param name="start">The values before the first difference, as many as the lag: <c>series[..lag]</c>.</param>
    /// <param name="lag">The lag of the differences.</param>
    /// <returns>The start and all that follows it, up to rounding: <paramref name="lag"/> steps more than differences.</returns>
    /// <exception cref="ArgumentException">The start has another number of steps or features.</exception>
    public static Tensor<float> Invert(Samples differences, Samples start, int lag = 1)
    {
        ArgumentNullException.ThrowIfNull(differences);
        ArgumentNullException.ThrowIfNull(start);
        Rows rows = Series(differences, nameof(differences)), before = Series(start, nameof(start));
        Check(lag, int.MaxValue);
        if (before.Count != lag || !before.SampleShape.AsSpan().SequenceEqual(rows.SampleShape))
        {
            string expected = ShapeText.Of([lag, .. rows.SampleShape]);
            throw new ArgumentException($"Expected a start of shape {expected}. Received: start.shape={start}", nameof(start));
        }

        // In double precision, so that sums of many differences do not drift.
        double[] series = new double[before.Span.Length + rows.Span.Length];
        for (int i = 0; i < before.Span.Length; i++) series[i] = before.Span[i];
        for (int i = 0; i < rows.Span.Length; i++) series[i + before.Span.Length] = series[i] + rows.Span[i];
        return IndexEncoding.Create(Array.ConvertAll(series, value => (float)value), [rows.Count + lag, .. rows.SampleShape]);
    }

    private static Rows Series(Samples series, string argument)
    {
        Rows rows = new(series.Tensor);
        if (rows.Shape.Length is 1 or 2) return rows;
        throw new ArgumentException(
            $"Expected {argument} of shape (steps) or (steps, features). Received: {argument}.shape={series}", argument);
    }

    private static void Check(int lag, int most)
    {
        if (lag >= 1 && lag <= most) return;
        string range = most == int.MaxValue ? "" : string.Create(CultureInfo.InvariantCulture, $", and less than the {most + 1} steps");
        throw new ArgumentOutOfRangeException(
            nameof(lag), string.Create(CultureInfo.InvariantCulture, $"Expected a lag of at least 1{range}. Received: lag={lag}"));
    }
}
