using System.Numerics.Tensors;

namespace CompiledNets.Initializers;

/// <summary>Starts a weight as one number, or as numbers that are given.</summary>
public sealed class Constant : Initializer
{
    private readonly float[] numbers;
    private readonly int[]? numbersShape;

    /// <summary>Every number is the same.</summary>
    /// <param name="value">The number.</param>
    public Constant(double value = 0) => numbers = [(float)value];

    /// <summary>The numbers of a tensor.</summary>
    /// <param name="value">A tensor of the shape of the weight.</param>
    public Constant(Tensor<float> value)
    {
        ArgumentNullException.ThrowIfNull(value);
        numbers = TensorRows.Numbers(value);
        numbersShape = TensorRows.Shape(value);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The tensor has another shape than the weight.</exception>
    public override void Fill(Span<float> values, ReadOnlySpan<int> shape, ulong seed)
    {
        if (numbersShape is null)
        {
            values.Fill(numbers[0]);
            return;
        }

        if (!shape.SequenceEqual(numbersShape))
            throw new ArgumentException(
                $"The constant must have the shape of the weight. Expected shape {ShapeText.Of(shape)}, but received: " +
                $"value.shape={ShapeText.Of(numbersShape)}.", nameof(shape));
        numbers.CopyTo(values);
    }
}
