using System.Globalization;
using System.Numerics.Tensors;

namespace CompiledNets.Data;

/// <summary>One-hot rows, for categorical crossentropy.</summary>
public static class OneHot
{
    /// <summary>Turns class numbers into rows with a 1 at the class and 0 elsewhere, as <c>keras.utils.to_categorical</c>.</summary>
    /// <param name="x">Class numbers from 0: shape (samples), or any other; a last axis of size 1 is dropped.</param>
    /// <param name="numClasses">How many classes there are; null for the largest number + 1.</param>
    /// <returns>Shape (samples, classes): that of <paramref name="x"/> and a last axis of <paramref name="numClasses"/>.</returns>
    /// <exception cref="ArgumentException">
    /// There are no numbers and no <paramref name="numClasses"/>, a number is not a class, or there are more numbers and classes than an
    /// array holds.
    /// </exception>
    public static Tensor<float> ToCategorical(Samples x, int? numClasses = null)
    {
        ArgumentNullException.ThrowIfNull(x);
        float[] numbers = TensorRows.Numbers(x.Tensor);
        // The largest class number for which numClasses is an int.
        int classes = numClasses ?? numbers.Select((number, at) => 1 + ClassNumber(number, at, int.MaxValue - 1)).DefaultIfEmpty(0).Max();
        if (classes < 1)
        {
            string found = string.Create(CultureInfo.InvariantCulture, $"{numbers.Length} numbers and numClasses={classes}");
            throw new ArgumentException($"Expected at least one class. Received: {found}", nameof(x));
        }

        if ((long)numbers.Length * classes > Array.MaxLength)
        {
            string found = string.Create(CultureInfo.InvariantCulture, $"{numbers.Length} rows of {classes} classes");
            throw new ArgumentException($"Expected as many numbers in all as an array holds. Received: {found}", nameof(x));
        }

        float[] rows = new float[numbers.Length * classes];
        for (int i = 0; i < numbers.Length; i++) rows[(i * classes) + ClassNumber(numbers[i], i, classes - 1)] = 1;
        ReadOnlySpan<nint> shape = x.Tensor.Rank > 1 && x.Tensor.Lengths[^1] == 1 ? x.Tensor.Lengths[..^1] : x.Tensor.Lengths;
        return Tensor.Create(rows, [.. shape, classes]);
    }

    private static int ClassNumber(float number, int position, int largest)
    {
        if (number >= 0 && number <= (double)largest && float.IsInteger(number)) return (int)number;
        string classes = largest == int.MaxValue - 1
            ? ""
            : string.Create(CultureInfo.InvariantCulture, $" to {largest}, the {largest + 1} classes");
        string found = string.Create(CultureInfo.InvariantCulture, $"{number} at position {position}");
        throw new ArgumentException($"Expected whole numbers from 0{classes}. Received: {found}", "x");
    }
}
