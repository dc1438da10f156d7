using System.Globalization;
using System.Numerics;
using System.Numerics.Tensors;

namespace CompiledNets.Data;

/// <summary>Sequences of different lengths.</summary>
public static class Sequences
{
    /// <summary>
    /// Makes all sequences equally long, as <c>keras.utils.pad_sequences</c>: short ones are filled, long ones cut, both before the
    /// sequence where nothing else is said.
    /// </summary>
    /// <typeparam name="T">What numbers are: <see cref="int"/>, <see cref="float"/>, ...</typeparam>
    /// <param name="sequences">The sequences.</param>
    /// <param name="maxlen">How long they become, at least 1; null for the longest.</param>
    /// <param name="padding">Where short ones are filled.</param>
    /// <param name="truncating">Where long ones are cut.</param>
    /// <param name="value">What they are filled with.</param>
    /// <returns>Shape (sequences, length).</returns>
    /// <exception cref="ArgumentException">There are no sequences, or an argument is out of its range.</exception>
    public static Tensor<float> Pad<T>(
        IEnumerable<IReadOnlyList<T>> sequences, int? maxlen = null, SequenceSide padding = SequenceSide.Pre,
        SequenceSide truncating = SequenceSide.Pre, float value = 0)
        where T : INumber<T>
    {
        ArgumentNullException.ThrowIfNull(sequences);
        IReadOnlyList<T>[] all = [.. sequences];
        int length = CheckedLength(all, maxlen, padding, truncating);
        float[] padded = IndexEncoding.Rows(all.Length, length);
        Array.Fill(padded, value);
        for (int row = 0; row < all.Length; row++)
        {
            (int from, int to, int count) = Place(all[row].Count, length, padding, truncating);
            for (int i = 0; i < count; i++) padded[(row * length) + to + i] = float.CreateSaturating(all[row][from + i]);
        }

        return Tensor.Create(padded, [all.Length, length]);
    }

    /// <summary>Makes sequences of steps with several numbers each equally long.</summary>
    /// <param name="sequences">The sequences, shape (steps, ...), all with the same numbers a step.</param>
    /// <param name="maxlen">How long they become, at least 1; null for the longest.</param>
    /// <param name="padding">Where short ones are filled.</param>
    /// <param name="truncating">Where long ones are cut.</param>
    /// <param name="value">What they are filled with.</param>
    /// <returns>Shape (sequences, length, ...).</returns>
    /// <exception cref="ArgumentException">
    /// There are no sequences, one has steps of another shape, or an argument is out of its range.
    /// </exception>
    public static Tensor<float> Pad(
        IEnumerable<Tensor<float>> sequences, int? maxlen = null, SequenceSide padding = SequenceSide.Pre,
        SequenceSide truncating = SequenceSide.Pre, float value = 0)
    {
        ArgumentNullException.ThrowIfNull(sequences);
        Rows[] all = [.. sequences.Select(sequence => new Rows(sequence))];
        int length = CheckedLength([.. all.Select(rows => new float[rows.Count])], maxlen, padding, truncating);
        // That of the first sequence with steps, as in Keras.
        Rows model = Array.Find(all, rows => rows.Count > 0) ?? all[0];
        float[] padded = IndexEncoding.Rows(all.Length, checked(length * model.RowLength));
        Array.Fill(padded, value);
        for (int row = 0; row < all.Length; row++)
        {
            if (all[row].Count > 0 && !all[row].SampleShape.AsSpan().SequenceEqual(model.SampleShape))
                throw new ArgumentException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"Expected steps of shape {ShapeText.Of(model.SampleShape)}. Received: {ShapeText.Of(all[row].SampleShape)} in " +
                        $"sequence {row} (from 0)"),
                    nameof(sequences));
            (int from, int to, int count) = Place(all[row].Count, length, padding, truncating);
            all[row].Span.Slice(from * model.RowLength, count * model.RowLength)
                .CopyTo(padded.AsSpan(((row * length) + to) * model.RowLength));
        }

        return IndexEncoding.Create(padded, [all.Length, length, .. model.SampleShape]);
    }

    private static int CheckedLength<T>(
        IReadOnlyList<T>[] sequences, int? maxlen, SequenceSide padding, SequenceSide truncating)
    {
        if (sequences.Length == 0) throw new ArgumentException("Expected at least one sequence. Received: none", nameof(sequences));
        if (Array.Exists(sequences, sequence => sequence is null))
            throw new ArgumentException("Expected sequences. Received: null", nameof(sequences));
        if (maxlen is < 1)
            throw new ArgumentOutOfRangeException(
                nameof(maxlen), string.Create(CultureInfo.InvariantCulture, $"Expected at least 1. Received: maxlen={maxlen}"));
        foreach (SequenceSide side in (ReadOnlySpan<SequenceSide>)[padding, truncating])
            if (!Enum.IsDefined(side)) throw new ArgumentOutOfRangeException(nameof(padding), $"Expected Pre or Post. Received: {side}");
        return maxlen ?? sequences.Max(sequence => sequence.Count);
    }

    // What is taken of a sequence: from where, to where, how many steps.
    private static (int From, int To, int Count) Place(int steps, int length, SequenceSide padding, SequenceSide truncating)
    {
        int count = Math.Min(steps, length);
        return (truncating == SequenceSide.Pre ? steps - count : 0, padding == SequenceSide.Pre ? length - count : 0, count);
    }
}
