using System.Globalization;
using System.Numerics.Tensors;

namespace CompiledNets.Data;

/// <summary>One-hot rows, for categorical cross-entropy.</summary>
public static class OneHot
{
    /// <summary>Turns class numbers into rows with a 1 at the class and 0 elsewhere, as <c>keras.utils.to_categorical</c>.</summary>
    /// <param name="x">Class numbers from 0, in any shape; a last axis of size 1 is dropped.</param>
    /// <param name="numClasses">How many classes there are; null for the largest number + 1.</param>
    /// <returns>The shape of <paramref name="x"/> and a last axis of <paramref name="numClasses"/>.</returns>
    /// <exception cref="ArgumentException">There are no numbers and no <paramref name="numClasses"/>, or a number is not a class.</exception>
    public static Tensor<float> ToCategorical(Tensor<float> x, int? numClasses = null)
    {
        ArgumentNullException.ThrowIfNull(x);
        float[] numbers = TensorRows.Numbers(x);
        int classes = numClasses ?? checked((int)numbers.DefaultIfEmpty(-1).Max() + 1);
        if (classes < 1)
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"Expected at least one class. Received: {numbers.Length} numbers and numClasses={classes}"), nameof(x));

        float[] rows = new float[checked(numbers.Length * classes)];
        for (int i = 0; i < numbers.Length; i++)
        {
            float number = numbers[i];
            if (!(number >= 0 && number < classes && float.IsInteger(number)))
            {
                throw new ArgumentException(
                    string.Create(CultureInfo.InvariantCulture, $"Expected whole numbers from 0 to {classes - 1}, the {classes} classes. Received: {number} at position {i}"), nameof(x));
            }

            rows[(i * classes) + (int)number] = 1;
        }

        ReadOnlySpan<nint> shape = x.Rank > 1 && x.Lengths[^1] == 1 ? x.Lengths[..^1] : x.Lengths;
        return Tensor.Create(rows, [.. shape, classes]);
    }
}
