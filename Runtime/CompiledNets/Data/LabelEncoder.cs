using System.Globalization;
using System.Numerics.Tensors;

namespace CompiledNets.Data;

/// <summary>Turns labels into the numbers 0, 1, 2, ... and back, as scikit-learn's LabelEncoder: classes are numbered in alphabetical (ordinal) order.</summary>
public sealed class LabelEncoder
{
    private string[]? classes;

    /// <summary>The labels; the place of each is its number.</summary>
    /// <exception cref="InvalidOperationException">Nothing was fitted.</exception>
    public IReadOnlyList<string> Classes => Fitted;

    private string[] Fitted => classes ?? throw new InvalidOperationException("This LabelEncoder knows no labels yet: call Fit or FitTransform before.");

    /// <summary>Learns which labels there are.</summary>
    /// <param name="labels">Labels, in any order, any number of each.</param>
    /// <exception cref="ArgumentException">There are no labels.</exception>
    public void Fit(IEnumerable<string> labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        string[] found = [.. labels.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        if (found.Length == 0) throw new ArgumentException("Expected at least one label, but received none.", nameof(labels));
        classes = found;
    }

    /// <summary>The number of each label.</summary>
    /// <param name="labels">Labels that were fitted.</param>
    /// <returns>Shape (labels).</returns>
    /// <exception cref="ArgumentException">A label was not fitted; the message has it and the known ones.</exception>
    /// <exception cref="InvalidOperationException">Nothing was fitted.</exception>
    public Tensor<float> Transform(IReadOnlyList<string> labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        string[] known = Fitted;
        float[] numbers = new float[labels.Count];
        for (int i = 0; i < numbers.Length; i++)
        {
            int number = Array.BinarySearch(known, labels[i], StringComparer.Ordinal);
            if (number < 0)
            {
                throw new ArgumentException(string.Create(
                    CultureInfo.InvariantCulture, $"Label '{labels[i]}' at row {i} was not there when the encoder was fitted. Known labels: {Listed(known)}."), nameof(labels));
            }

            numbers[i] = number;
        }

        return Tensor.Create(numbers, [numbers.Length]);
    }

    /// <summary><see cref="Fit"/>, then <see cref="Transform"/>.</summary>
    /// <param name="labels">Labels.</param>
    /// <returns>Shape (labels).</returns>
    /// <exception cref="ArgumentException">There are no labels.</exception>
    public Tensor<float> FitTransform(IReadOnlyList<string> labels)
    {
        Fit(labels);
        return Transform(labels);
    }

    /// <summary>The label of each number.</summary>
    /// <param name="numbers">Whole numbers from 0 to the number of classes - 1, in any shape.</param>
    /// <exception cref="ArgumentException">A number has no label.</exception>
    /// <exception cref="InvalidOperationException">Nothing was fitted.</exception>
    public string[] InverseTransform(Tensor<float> numbers)
    {
        ArgumentNullException.ThrowIfNull(numbers);
        string[] known = Fitted;
        return Array.ConvertAll(TensorRows.Numbers(numbers), number =>
        {
            if (number >= 0 && number < known.Length && float.IsInteger(number)) return known[(int)number];
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture, $"Expected whole numbers from 0 to {known.Length - 1}, one for each of {Listed(known)}. Received: {number}"), nameof(numbers));
        });
    }

    private static string Listed(string[] labels) => string.Join(", ", labels.Select(label => $"'{label}'"));
}
