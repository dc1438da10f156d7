namespace CompiledNets;

/// <summary>
/// How targets and outputs are read: samples, of positions, of classes. A loss has one value for each position of each sample.
/// </summary>
/// <param name="Samples">Rows; -1 where the batch is not known.</param>
/// <param name="Positions">Positions of one sample: time steps or pixels, 1 where the output is a plain row.</param>
/// <param name="Classes">Numbers of one position: what the loss takes its mean or sum over.</param>
/// <param name="ValuesRank">How many leading axes of the output the values keep.</param>
internal readonly record struct LossShape(int Samples, int Positions, int Classes, int ValuesRank)
{
    /// <summary>Reads targets and outputs that lie on each other number for number.</summary>
    /// <param name="targetShape">Shape of the targets, batch first; -1 stands for a batch that is not known.</param>
    /// <param name="outputShape">Shape of the outputs, batch first.</param>
    /// <param name="shape">How they are read.</param>
    /// <returns>Whether they lie on each other, where a last axis of 1 may be missing on either side.</returns>
    /// <remarks>
    /// Keras's <c>squeeze_or_expand_to_same_rank</c>: where ranks differ by a last axis of 1, a side of rank 1 gets that axis and a side of
    /// higher rank loses it, so that (B, T) on (B, T, 1) is read as B rows of T numbers.
    /// </remarks>
    public static bool TryAlign(ReadOnlySpan<int> targetShape, ReadOnlySpan<int> outputShape, out LossShape shape)
    {
        ReadOnlySpan<int> longer = targetShape.Length > outputShape.Length ? targetShape : outputShape;
        ReadOnlySpan<int> shorter = targetShape.Length > outputShape.Length ? outputShape : targetShape;
        bool lacksAxis = longer.Length == shorter.Length + 1 && longer[^1] == 1;
        shape = Of(lacksAxis && shorter.Length > 1 ? shorter : longer);
        return shorter.Length > 0 && (lacksAxis ? longer[..^1] : longer).SequenceEqual(shorter);
    }

    /// <summary>Reads targets that are class numbers: the shape of the outputs without its last axis, or with a last axis of 1.</summary>
    public static bool TryAlignLabels(ReadOnlySpan<int> targetShape, ReadOnlySpan<int> outputShape, out LossShape shape)
    {
        shape = Of(outputShape);
        if (outputShape.Length < 2)
        {
            return false;
        }

        bool hasAxis = targetShape.Length == outputShape.Length && targetShape[^1] == 1;
        return (hasAxis ? targetShape[..^1] : targetShape).SequenceEqual(outputShape[..^1]);
    }

    /// <summary>
    /// Reads outputs whose last axis is the classes. A single axis is one sample, as in Keras, unless it is a batch that is not known.
    /// </summary>
    public static LossShape Of(ReadOnlySpan<int> shape)
    {
        if (shape.Length <= 1)
        {
            int size = shape.Length == 0 ? 1 : shape[0];
            return size < 0 ? new(size, 1, 1, 1) : new(1, 1, size, 0);
        }

        int positions = 1;
        foreach (int size in shape[1..^1])
        {
            positions = checked(positions * size);
        }

        return new(shape[0], positions, shape[^1], shape.Length - 1);
    }

    /// <summary>The shape of one sample with a batch that is not known before it.</summary>
    public static int[] WithBatch(ReadOnlySpan<int> sampleShape) => [-1, .. sampleShape];
}
