using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics.Tensors;

namespace CompiledNets.Data;

/// <summary>
/// Categories of samples, from whatever a program has them in: texts or whole numbers, in arrays and tensors, which convert by themselves.
/// The first axis is the samples.
/// </summary>
public sealed class Categories
{
    private readonly string[]? texts;
    private readonly long[]? numbers;

    /// <summary>Categories that are texts.</summary>
    /// <param name="texts">Shape (samples, ...); none is null.</param>
    /// <exception cref="ArgumentException">A text is null.</exception>
    public Categories(Tensor<string> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        Shape = TensorRows.Shape(texts);
        this.texts = Flat(texts);
        int missing = Array.FindIndex(this.texts, text => text is null);
        if (missing < 0) return;
        throw new ArgumentException(
            string.Create(CultureInfo.InvariantCulture, $"Expected texts, but found null at position {missing} (from 0)."), nameof(texts));
    }

    /// <summary>Categories that are whole numbers.</summary>
    /// <param name="numbers">Shape (samples, ...).</param>
    public Categories(Tensor<long> numbers)
    {
        ArgumentNullException.ThrowIfNull(numbers);
        Shape = TensorRows.Shape(numbers);
        this.numbers = Flat(numbers);
    }

    private Categories(Samples samples)
    {
        Shape = TensorRows.Shape(samples.Tensor);
        numbers = Array.ConvertAll(TensorRows.Numbers(samples.Tensor), number =>
        {
            // 2^63, the first number that is too large.
            if (Math.Abs(number) < 9.223372e18f) return (long)number;
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"Expected numbers of at most 9.2e18 in size. Received: {number}"),
                nameof(samples));
        });
    }

    /// <summary>How many there are in all.</summary>
    internal int Count => texts?.Length ?? numbers!.Length;

    /// <summary>Their shape.</summary>
    internal int[] Shape { get; }

    /// <summary>Whether they are texts.</summary>
    [MemberNotNullWhen(true, nameof(texts))]
    internal bool AreTexts => texts is not null;

    /// <summary>Texts as they are.</summary>
    /// <param name="texts">The texts.</param>
    [return: NotNullIfNotNull(nameof(texts))]
    public static implicit operator Categories?(Tensor<string>? texts) => texts is null ? null : new(texts);

    /// <summary>One text a sample: shape (samples).</summary>
    /// <param name="texts">The texts.</param>
    [return: NotNullIfNotNull(nameof(texts))]
    public static implicit operator Categories?(string[]? texts) => texts is null ? null : new(Tensor.Create(texts, [texts.Length]));

    /// <summary>Numbers as they are.</summary>
    /// <param name="numbers">The numbers.</param>
    [return: NotNullIfNotNull(nameof(numbers))]
    public static implicit operator Categories?(Tensor<long>? numbers) => numbers is null ? null : new(numbers);

    /// <summary>One number a sample: shape (samples).</summary>
    /// <param name="numbers">The numbers.</param>
    [return: NotNullIfNotNull(nameof(numbers))]
    public static implicit operator Categories?(long[]? numbers) =>
        numbers is null ? null : new(Tensor.Create(numbers, [numbers.Length]));

    /// <summary>One number a sample: shape (samples).</summary>
    /// <param name="numbers">The numbers.</param>
    [return: NotNullIfNotNull(nameof(numbers))]
    public static implicit operator Categories?(int[]? numbers) =>
        numbers is null ? null : (Categories)Array.ConvertAll(numbers, number => (long)number);

    /// <summary>Numbers whose fractions are cut, as Keras does: 2.9 is 2.</summary>
    /// <param name="numbers">Shape (samples, ...).</param>
    /// <exception cref="ArgumentException">A number is not finite.</exception>
    [return: NotNullIfNotNull(nameof(numbers))]
    public static implicit operator Categories?(Samples? numbers) => numbers is null ? null : new(numbers);

    /// <summary>Numbers whose fractions are cut, as Keras does: 2.9 is 2.</summary>
    /// <param name="numbers">Shape (samples, ...).</param>
    /// <exception cref="ArgumentException">A number is not finite.</exception>
    [return: NotNullIfNotNull(nameof(numbers))]
    public static implicit operator Categories?(Tensor<float>? numbers) => numbers is null ? null : new(new Samples(numbers));

    /// <summary>The shape: <c>(235, 2)</c>.</summary>
    public override string ToString() => ShapeText.Of(Shape);

    /// <summary>A category as text: that of a number is decimal.</summary>
    internal string Text(int at) => texts?[at] ?? numbers![at].ToString(CultureInfo.InvariantCulture);

    /// <summary>What a crossing mixes in: the fingerprint of a text, a number itself.</summary>
    internal ulong Fingerprint(int at) => texts is null ? (ulong)numbers![at] : FarmHash.Hash64(texts[at]);

    private static T[] Flat<T>(Tensor<T> tensor)
    {
        T[] flat = new T[checked((int)tensor.FlattenedLength)];
        tensor.FlattenTo(flat);
        return flat;
    }
}
