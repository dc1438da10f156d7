using CompiledNets.Generator.Ops;

namespace CompiledNets.Generator.Layers;

/// <summary>Axes that have letters, as in an einsum: values are told by the letters of their axes.</summary>
/// <param name="Sizes">Size of each letter's axis.</param>
internal sealed record AxisLetters(IReadOnlyDictionary<char, int> Sizes)
{
    /// <summary>The shape of some letters.</summary>
    public Shape ShapeOf(string letters) => Shape.Of([.. letters.Select(letter => Sizes[letter])]);

    /// <summary>How a value with some letters meets elements with others; it repeats along those that it does not have.</summary>
    public Access Between(string letters, string elements)
    {
        IReadOnlyList<int> steps = Access.Whole(ShapeOf(letters)).Steps;
        return new(0, elements.Select(letter => letters.IndexOf(letter) is >= 0 and int axis ? steps[axis] : 0).ToArray());
    }

    /// <summary>The op that sums the products of two values over the letters that its result does not have.</summary>
    /// <param name="layer">Name of the layer.</param>
    /// <param name="a">A value, and its letters.</param>
    /// <param name="b">Another one, and its letters.</param>
    /// <param name="letters">Letters of the result.</param>
    /// <param name="summed">Letters that are summed over.</param>
    /// <param name="factor">What each sum is multiplied by.</param>
    /// <param name="output">The result.</param>
    public Reduce Product(string layer, (Value Value, string Letters) a, (Value Value, string Letters) b, string letters, string summed,
        double factor, Value output)
    {
        string elements = letters + summed;
        return new(layer, [a.Value, b.Value], [Between(a.Letters, elements), Between(b.Letters, elements)],
            factor * (Scalar.Operand(0) * Scalar.Operand(1)), ShapeOf(elements), Between(letters, elements), output);
    }
}
