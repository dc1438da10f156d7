using System.Globalization;
using System.Numerics.Tensors;
using CompiledNets.Execution;

namespace CompiledNets;

/// <summary>Checks of data before anything is done with it; each message says what was expected, what came and where.</summary>
internal static class InputChecks
{
    /// <summary>
    /// Throws unless there are samples of the shape that is taken; as in Keras, a last axis of 1 may be missing or too many.
    /// </summary>
    public static void Features(Rows rows, ReadOnlySpan<int> shape, string taker, string argument)
    {
        if (!Fits(rows.SampleShape, shape) || rows.Shape.Length == 0)
        {
            string hint = rows.Shape.AsSpan().SequenceEqual(shape)
                ? " For a single sample call Predict with a span, or give it a first axis of 1."
                : "";
            throw new ArgumentException(
                $"The input of {taker} has the wrong shape. Expected shape {ShapeText.Of(LossShape.WithBatch(shape))}, " +
                $"but received: {argument}.shape={ShapeText.Of(rows.Shape)}.{hint}", argument);
        }

        if (rows.Count > 0) return;
        throw new ArgumentException(
            $"There are no samples: expected at least one row, but received: {argument}.shape={ShapeText.Of(rows.Shape)}.", argument);
    }

    private static bool Fits(ReadOnlySpan<int> came, ReadOnlySpan<int> wanted) =>
        came.SequenceEqual(wanted) || (came is [.., 1] && came[..^1].SequenceEqual(wanted)) ||
        (wanted is [.., 1] && wanted[..^1].SequenceEqual(came));

    /// <summary>Throws unless there are as many rows of everything.</summary>
    /// <param name="given">What was given, with its name.</param>
    public static void Cardinality(IReadOnlyList<(string Name, int Rows)> given)
    {
        if (given.All(one => one.Rows == given[0].Rows)) return;
        IEnumerable<string> counts = given.Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.Name} has {one.Rows}"));
        throw new ArgumentException(
            "Data cardinality is ambiguous. Make sure all arrays contain the same number of samples. " +
            $"Received: {string.Join(", ", counts)}.");
    }

    /// <summary>Does what may fail for one output; of a network with several the message then says which.</summary>
    /// <param name="description">The network.</param>
    /// <param name="output">The output's number.</param>
    /// <param name="work">What may fail.</param>
    /// <param name="data">Which data it is about, where that is not the only one; empty for none to name.</param>
    public static T OfOutput<T>(NetworkDescription description, int output, Func<T> work, string data = "")
    {
        if (description.Outputs.Length == 1 && data.Length == 0) return work();
        try
        {
            return work();
        }
        catch (ArgumentException exception)
        {
            string argument = exception.ParamName is { } name ? $" (Parameter '{name}')" : "";
            string text = argument.Length > 0 ? exception.Message.Replace(argument, "", StringComparison.Ordinal) : exception.Message;
            string where = description.Outputs.Length == 1 ? "" : $"Output '{description.Outputs[output].Name}' of '{description.Name}'";
            string place = where.Length > 0 && data.Length > 0 ? $"{where}, {data}" : where + data;
            throw new ArgumentException($"{place}: {text}", exception.ParamName, exception);
        }
    }

    /// <summary>Throws where a number is not one, or not finite.</summary>
    public static void Numbers(Rows rows, string argument)
    {
        ReadOnlySpan<float> numbers = rows.Span;
        // A sum is not finite if a number is not, and also where large ones add up: look closer only then.
        if (float.IsFinite(TensorPrimitives.Sum(numbers))) return;
        for (int i = 0; i < numbers.Length; i++)
        {
            if (float.IsFinite(numbers[i])) continue;
            string found = float.IsNaN(numbers[i]) ? "not a number (NaN)" : numbers[i] > 0 ? "Infinity" : "-Infinity";
            int row = i / rows.RowLength, column = i % rows.RowLength;
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture,
                $"Expected finite numbers, but {argument} is {found} at row {row}, column {column} (both from 0)."), argument);
        }
    }

    /// <summary>Throws where an input of indices has a number that names no row of its table.</summary>
    /// <param name="numbers">The numbers, sample after sample.</param>
    /// <param name="port">The input.</param>
    /// <param name="argument">What the numbers are called.</param>
    public static void Indices(ReadOnlySpan<float> numbers, PortDescription port, string argument)
    {
        if (port.Limit == 0) return;
        for (int i = 0; i < numbers.Length; i++)
        {
            float number = numbers[i];
            if (number >= 0 && number < port.Limit && number == MathF.Floor(number)) continue;
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture,
                $"Expected whole numbers from 0 to {port.Limit - 1}, by which '{port.LimitedBy}' looks up the {port.Limit} rows of its " +
                    $"table, " +
                $"but {argument} is {number} at row {i / port.Size}, column {i % port.Size} (both from 0)."), argument);
        }
    }

    /// <summary>Throws where a size, a number of steps or the like is given and less than 1.</summary>
    public static void AtLeastOne(int? number, string argument)
    {
        if (!(number < 1)) return;
        throw new ArgumentOutOfRangeException(
            argument, string.Create(CultureInfo.InvariantCulture, $"Expected `{argument}` of at least 1. Received: {argument}={number}"));
    }

    /// <summary>Callbacks as given, none for null.</summary>
    /// <exception cref="ArgumentException">One of them is null.</exception>
    public static Callback[] Callbacks(IEnumerable<Callback>? callbacks)
    {
        if (callbacks is null) return [];
        Callback[] given = [.. callbacks];
        int missing = Array.IndexOf(given, null);
        return missing < 0
            ? given
            : throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture, $"Expected callbacks, but number {missing} of callbacks (from 0) is null."),
                nameof(callbacks));
    }

    /// <summary>Where the validation data begins when a share is cut off the tail.</summary>
    /// <exception cref="ArgumentException">The share is outside [0, 1), or leaves one side empty.</exception>
    public static int SplitAt(int rows, double validationSplit)
    {
        if (!(validationSplit is >= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(
                nameof(validationSplit),
                string.Create(CultureInfo.InvariantCulture, $"Expected a share in [0, 1). Received: validationSplit={validationSplit}"));
        }

        if (validationSplit == 0) return rows;
        int split = (int)Math.Floor(rows * (1 - validationSplit));
        if (split > 0 && split < rows) return split;
        throw new ArgumentException(
            string.Create(
                CultureInfo.InvariantCulture,
                $"Training data contains {rows} samples, which is not sufficient to split it into a validation and training set " +
                $"as specified by `validationSplit={validationSplit}`. ") +
            "Either provide more data, or a different value for the `validationSplit` argument.", nameof(validationSplit));
    }
}
