using System.Numerics.Tensors;

namespace CompiledNets.Data;

/// <summary>Whole numbers of categories as rows, as Keras's CategoryEncoding.</summary>
public sealed class CategoryEncoding
{
    /// <summary>Makes the step.</summary>
    /// <param name="numTokens">How many categories there are, from 1 to 16,777,216: numbers from 0 to one less.</param>
    /// <param name="outputMode">
    /// <see cref="OutputMode.OneHot"/>, <see cref="OutputMode.MultiHot"/> or <see cref="OutputMode.Count"/>.
    /// </param>
    /// <exception cref="ArgumentException">An argument is out of its range.</exception>
    public CategoryEncoding(int numTokens, OutputMode outputMode = OutputMode.MultiHot)
    {
        NumTokens = IndexEncoding.CheckDepth(numTokens, nameof(numTokens));
        if (outputMode is < OutputMode.OneHot or > OutputMode.Count)
            throw new ArgumentOutOfRangeException(
                nameof(outputMode), $"Expected OneHot, MultiHot or Count. Received: outputMode={outputMode}");
        OutputMode = outputMode;
    }

    /// <summary>How many categories there are.</summary>
    public int NumTokens { get; }

    /// <summary>What becomes of the numbers.</summary>
    public OutputMode OutputMode { get; }

    /// <summary>Encodes numbers of categories.</summary>
    /// <param name="x">Whole numbers, shape (samples) or (samples, length). As in Keras, one that is no category leaves zeros.</param>
    /// <param name="countWeights">What each number counts, in the shape of <paramref name="x"/>; null for 1.</param>
    /// <returns>
    /// OneHot: the shape of <paramref name="x"/> and an axis of <see cref="NumTokens"/>. MultiHot and Count: (samples, NumTokens), and for
    /// numbers of one axis, which are one sample, (NumTokens).
    /// </returns>
    /// <exception cref="ArgumentException">
    /// A number is no whole one; or weights are not wanted in this mode, or have another shape.
    /// </exception>
    public Tensor<float> Transform(Samples x, Samples? countWeights = null)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (countWeights is not null && OutputMode != OutputMode.Count)
            throw new ArgumentException(
                $"Expected countWeights in the mode Count only. Received: outputMode={OutputMode}", nameof(countWeights));
        int[] shape = TensorRows.Shape(x.Tensor);
        if (countWeights is not null && !TensorRows.Shape(countWeights.Tensor).AsSpan().SequenceEqual(shape))
            throw new ArgumentException(
                $"Expected countWeights of the shape of x, {x}. Received: {countWeights}", nameof(countWeights));
        return IndexEncoding.Encode(
            IndexEncoding.WholeNumbers(x, nameof(x)), shape, OutputMode, NumTokens,
            countWeights: countWeights is null ? null : TensorRows.Numbers(countWeights.Tensor));
    }
}
