using System.Globalization;
using System.Numerics.Tensors;

namespace CompiledNets.Data;

/// <summary>
/// Turns labels into the numbers 0, 1, 2, ... and back, as scikit-learn's LabelEncoder: classes are numbered in their order, texts in
/// alphabetical (ordinal) order.
/// </summary>
/// <typeparam name="T">What labels are: <see cref="string"/>, <see cref="int"/>, <see cref="float"/>, ...</typeparam>
public class LabelEncoder<T> where T : notnull, IComparable<T>
{
    // Texts in the same order in every culture.
    private static readonly IComparer<T> Order = typeof(T) == typeof(string) ? (IComparer<T>)StringComparer.Ordinal : Comparer<T>.Default;

    private T[]? classes;

    /// <summary>The labels; the place of each is its number.</summary>
    /// <exception cref="InvalidOperationException">Nothing was fitted.</exception>
    public IReadOnlyList<T> Classes => Fitted;

    private T[] Fitted =>
        classes ?? throw new InvalidOperationException("This LabelEncoder knows no labels yet: call Fit or FitTransform before.");

    /// <summary>Learns which labels there are.</summary>
    /// <param name="labels">Labels, in any order, any number of each: an array, a list or a tensor.</param>
    /// <exception cref="ArgumentException">There are no labels, or one is missing (null, NaN) or infinite.</exception>
    public void Fit(IEnumerable<T> labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        SortedSet<T> found = new(Order);
        int row = 0;
        foreach (T label in labels)
        {
            CheckLabel(label, row++);
            found.Add(label);
        }

        if (found.Count == 0) throw new ArgumentException("Expected at least one label, but received none.", nameof(labels));
        classes = [.. found];
    }

    /// <summary>The number of each label.</summary>
    /// <param name="labels">Labels that were fitted.</param>
    /// <returns>Shape (labels).</returns>
    /// <exception cref="ArgumentException">A label was not fitted; the message has it and the known ones.</exception>
    /// <exception cref="InvalidOperationException">Nothing was fitted.</exception>
    public Tensor<float> Transform(IEnumerable<T> labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        T[] known = Fitted;
        List<float> numbers = [];
        foreach (T label in labels)
        {
            CheckLabel(label, numbers.Count);
            int number = Array.BinarySearch(known, label, Order);
            if (number < 0)
            {
                string message = string.Create(
                    CultureInfo.InvariantCulture, $"Label '{label}' at row {numbers.Count} was not there when the encoder was fitted.");
                throw new ArgumentException($"{message} Known labels: {Listed(known)}.", nameof(labels));
            }

            numbers.Add(number);
        }

        return Tensor.Create(numbers.ToArray(), [numbers.Count]);
    }

    /// <summary><see cref="Fit"/>, then <see cref="Transform"/>.</summary>
    /// <param name="labels">Labels: an array, a list or a tensor.</param>
    /// <returns>Shape (labels).</returns>
    /// <exception cref="ArgumentException">There are no labels, or one is missing (null, NaN) or infinite.</exception>
    public Tensor<float> FitTransform(IEnumerable<T> labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        T[] once = [.. labels];
        Fit(once);
        return Transform(once);
    }

    /// <summary>The label of each number.</summary>
    /// <param name="numbers">Whole numbers from 0 to the number of classes - 1: shape (samples), or any other.</param>
    /// <exception cref="ArgumentException">A number has no label.</exception>
    /// <exception cref="InvalidOperationException">Nothing was fitted.</exception>
    public T[] InverseTransform(Samples numbers)
    {
        ArgumentNullException.ThrowIfNull(numbers);
        T[] known = Fitted;
        return Array.ConvertAll(TensorRows.Numbers(numbers.Tensor), number =>
        {
            if (number >= 0 && number < known.Length && float.IsInteger(number)) return known[(int)number];
            string message = string.Create(
                CultureInfo.InvariantCulture,
                $"Expected whole numbers from 0 to {known.Length - 1}, one for each of {Listed(known)}. Received: {number}");
            throw new ArgumentException(message, nameof(numbers));
        });
    }

    private static void CheckLabel(T label, int row)
    {
        bool finite = label switch { float number => float.IsFinite(number), double number => double.IsFinite(number), _ => true };
        if (label is not null && finite) return;
        string found = label is null ? "null" : string.Create(CultureInfo.InvariantCulture, $"{label}");
        throw new ArgumentException(
            string.Create(CultureInfo.InvariantCulture, $"Expected a label, but found {found} at row {row} (from 0)."), "labels");
    }

    private static string Listed(T[] labels) =>
        NameList.Of([.. labels.Select(label => string.Create(CultureInfo.InvariantCulture, $"{label}"))]);
}

/// <summary>
/// Turns labels that are text into the numbers 0, 1, 2, ... and back; for labels that are numbers there is <see cref="LabelEncoder{T}"/>.
/// </summary>
public sealed class LabelEncoder : LabelEncoder<string>;
