using System.Globalization;
using System.Numerics.Tensors;

namespace CompiledNets;

/// <summary>Checks of data before anything is done with it; each message says what was expected, what came and where.</summary>
internal static class InputChecks
{
    /// <summary>Throws unless there are samples of the shape that is taken.</summary>
    public static void Features(Rows rows, ReadOnlySpan<int> shape, string taker, string argument)
    {
        if (!rows.SampleShape.AsSpan().SequenceEqual(shape) || rows.Shape.Length == 0)
        {
            string hint = rows.Shape.AsSpan().SequenceEqual(shape) ? " For a single sample call Predict with a span, or give it a first axis of 1." : "";
            throw new ArgumentException(
                $"The input of {taker} has the wrong shape. Expected shape {ShapeText.Of(LossShape.WithBatch(shape))}, but received: {argument}.shape={ShapeText.Of(rows.Shape)}.{hint}", argument);
        }

        if (rows.Count == 0) throw new ArgumentException($"There are no samples: expected at least one row, but received: {argument}.shape={ShapeText.Of(rows.Shape)}.", argument);
    }

    /// <summary>Throws unless there are as many rows of everything.</summary>
    public static void Cardinality(Rows features, Rows targets, int? weights)
    {
        if (features.Count == targets.Count && (weights is null || weights == features.Count)) return;
        string third = weights is null ? "" : string.Create(CultureInfo.InvariantCulture, $", sampleWeight has {weights}");
        throw new ArgumentException(string.Create(
            CultureInfo.InvariantCulture,
            $"Data cardinality is ambiguous. Make sure all arrays contain the same number of samples. Received: x has {features.Count}, y has {targets.Count}{third}."));
    }

    /// <summary>Throws where a number is not one.</summary>
    public static void Numbers(Rows rows, string argument)
    {
        ReadOnlySpan<float> numbers = rows.Span;
        // A sum is NaN if a number is, and also where infinities cancel: look closer only then.
        if (!float.IsNaN(TensorPrimitives.Sum(numbers))) return;
        for (int i = 0; i < numbers.Length; i++)
        {
            if (!float.IsNaN(numbers[i])) continue;
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"Expected numbers, but {argument} is not a number (NaN) at row {i / rows.RowLength}, column {i % rows.RowLength} (both from 0)."), argument);
        }
    }

    /// <summary>Throws unless a batch has at least one sample.</summary>
    public static void BatchSize(int batchSize)
    {
        if (batchSize < 1)
            throw new ArgumentOutOfRangeException(nameof(batchSize), string.Create(CultureInfo.InvariantCulture, $"Expected a batch size of at least 1. Received: batchSize={batchSize}"));
    }

    /// <summary>Where the validation data begins when a share is cut off the tail.</summary>
    /// <exception cref="ArgumentException">The share is outside [0, 1), or leaves one side empty.</exception>
    public static int SplitAt(int rows, double validationSplit)
    {
        if (!(validationSplit is >= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(
                nameof(validationSplit), string.Create(CultureInfo.InvariantCulture, $"Expected a share in [0, 1). Received: validationSplit={validationSplit}"));
        }

        if (validationSplit == 0) return rows;
        int split = (int)Math.Floor(rows * (1 - validationSplit));
        if (split > 0 && split < rows) return split;
        throw new ArgumentException(
            string.Create(
                CultureInfo.InvariantCulture,
                $"Training data contains {rows} samples, which is not sufficient to split it into a validation and training set as specified by `validationSplit={validationSplit}`. ") +
            "Either provide more data, or a different value for the `validationSplit` argument.", nameof(validationSplit));
    }
}
