using System.Globalization;
using System.Numerics.Tensors;

namespace CompiledNets.Data;

/// <summary>Windows over a series, each a sample of its own.</summary>
public static class TimeSeries
{
    /// <summary>
    /// All windows of so many steps, each with the value that follows it: (1, 2, 3, 4, 5) is followed by 6, (2, 3, 4, 5, 6) by 7.
    /// </summary>
    /// <param name="series">Shape (steps) or (steps, features), in order of time.</param>
    /// <param name="steps">How many steps a window has, at least 1.</param>
    /// <returns>
    /// Features of shape (windows, steps, features), 1 feature for a series of numbers; targets of shape (windows), or (windows, features).
    /// There are as many windows as steps that have so many before them.
    /// </returns>
    /// <exception cref="ArgumentException">A window is longer than the series, or the series has another shape.</exception>
    public static Dataset SplitSequence(Samples series, int steps)
    {
        ArgumentNullException.ThrowIfNull(series);
        Rows rows = new(series.Tensor);
        if (rows.Shape.Length is not (1 or 2))
            throw new ArgumentException(
                $"Expected a series of shape (steps) or (steps, features). Received: series.shape={series}", nameof(series));
        if (steps < 1 || steps >= rows.Count)
            throw new ArgumentOutOfRangeException(nameof(steps), string.Create(
                CultureInfo.InvariantCulture,
                $"Expected windows of at least 1 step, and a step after each in a series of {rows.Count}. Received: steps={steps}"));
        int count = rows.Count - steps, length = rows.RowLength;
        float[] windows = Cut(rows, steps, 0, 1, 1, count);
        int[] targets = rows.Shape.Length == 1 ? [count] : [count, length];
        return new(
            IndexEncoding.Create(windows, [count, steps, length]), IndexEncoding.Create(rows.Span[(steps * length)..].ToArray(), targets));
    }

    /// <summary>
    /// Windows with a target each, as <c>keras.utils.timeseries_dataset_from_array</c>; batches and shuffling are those of Fit.
    /// </summary>
    /// <param name="data">Shape (steps, ...).</param>
    /// <param name="targets">
    /// Shape (steps, ...): a window has the target of the step at which it <b>starts</b>. Where there are fewer than steps, so many
    /// windows.
    /// </param>
    /// <param name="sequenceLength">How many steps a window has, at least 1.</param>
    /// <param name="sequenceStride">How many steps the next window starts after the one before, at least 1.</param>
    /// <param name="samplingRate">How many steps lie between two that a window takes, at least 1.</param>
    /// <param name="startIndex">The first step that is used.</param>
    /// <param name="endIndex">The first step that is not used any more, less than there are; null for all.</param>
    /// <returns>Features of shape (windows, sequenceLength, ...), and their targets.</returns>
    /// <exception cref="ArgumentException">An argument is out of its range, or no window fits.</exception>
    public static Dataset DatasetFromArray(
        Samples data, Samples targets, int sequenceLength, int sequenceStride = 1, int samplingRate = 1, int startIndex = 0,
        int? endIndex = null)
    {
        ArgumentNullException.ThrowIfNull(targets);
        if (targets.Tensor.Rank == 0)
            throw new ArgumentException("Expected targets with steps as the first axis. Received: targets.shape=()", nameof(targets));
        int most = checked((int)targets.Tensor.Lengths[0]) - Math.Max(startIndex, 0);
        (Tensor<float> windows, int[] starts) =
            Windows(data, sequenceLength, sequenceStride, samplingRate, startIndex, endIndex, most);
        return new(windows, RowSelection.Of(targets.Tensor, Array.ConvertAll(starts, start => startIndex + start)));
    }

    /// <summary>Windows without targets, as <c>keras.utils.timeseries_dataset_from_array</c>.</summary>
    /// <param name="data">Shape (steps, ...).</param>
    /// <param name="sequenceLength">How many steps a window has, at least 1.</param>
    /// <param name="sequenceStride">How many steps the next window starts after the one before, at least 1.</param>
    /// <param name="samplingRate">How many steps lie between two that a window takes, at least 1.</param>
    /// <param name="startIndex">The first step that is used.</param>
    /// <param name="endIndex">The first step that is not used any more, less than there are; null for all.</param>
    /// <returns>Shape (windows, sequenceLength, ...).</returns>
    /// <exception cref="ArgumentException">An argument is out of its range, or no window fits.</exception>
    public static Tensor<float> Windows(
        Samples data, int sequenceLength, int sequenceStride = 1, int samplingRate = 1, int startIndex = 0, int? endIndex = null) =>
        Windows(data, sequenceLength, sequenceStride, samplingRate, startIndex, endIndex, int.MaxValue).Windows;

    private static (Tensor<float> Windows, int[] Starts) Windows(
        Samples data, int sequenceLength, int sequenceStride, int samplingRate, int startIndex, int? endIndex, int most)
    {
        ArgumentNullException.ThrowIfNull(data);
        Rows rows = new(data.Tensor);
        if (rows.Shape.Length == 0)
            throw new ArgumentException("Expected data with steps as the first axis. Received: data.shape=()", nameof(data));
        Check(sequenceLength, 1, int.MaxValue, nameof(sequenceLength));
        Check(sequenceStride, 1, rows.Count - 1, nameof(sequenceStride));
        Check(samplingRate, 1, rows.Count - 1, nameof(samplingRate));
        Check(startIndex, 0, rows.Count - 1, nameof(startIndex));
        Check(endIndex ?? rows.Count - 1, startIndex + 1, rows.Count - 1, nameof(endIndex));
        int end = endIndex ?? rows.Count;
        long reach = (long)(sequenceLength - 1) * samplingRate;
        long places = Math.Min(end - startIndex - reach, most);
        if (places < 1)
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture,
                $"Expected a window of {reach + 1} steps to fit between {startIndex} and {end}, with a target. Received: no place for one"),
                nameof(sequenceLength));
        int[] starts = new int[(int)((places + sequenceStride - 1) / sequenceStride)];
        for (int i = 0; i < starts.Length; i++) starts[i] = i * sequenceStride;
        float[] windows = Cut(rows, sequenceLength, startIndex, sequenceStride, samplingRate, starts.Length);
        return (IndexEncoding.Create(windows, [starts.Length, sequenceLength, .. rows.SampleShape]), starts);
    }

    private static float[] Cut(Rows rows, int length, int first, int stride, int rate, int count)
    {
        float[] windows = IndexEncoding.Rows(count, checked(length * rows.RowLength));
        for (int window = 0; window < count; window++)
        {
            for (int step = 0; step < length; step++)
            {
                int row = first + (window * stride) + (step * rate);
                rows.Span.Slice(row * rows.RowLength, rows.RowLength)
                    .CopyTo(windows.AsSpan(((window * length) + step) * rows.RowLength));
            }
        }

        return windows;
    }

    private static void Check(int value, int least, int most, string argument)
    {
        if (value >= least && value <= most) return;
        string range = most == int.MaxValue
            ? string.Create(CultureInfo.InvariantCulture, $"at least {least}")
            : string.Create(CultureInfo.InvariantCulture, $"from {least} to {most}, less than there are steps");
        throw new ArgumentOutOfRangeException(
            argument, string.Create(CultureInfo.InvariantCulture, $"Expected {range}. Received: {argument}={value}"));
    }
}
