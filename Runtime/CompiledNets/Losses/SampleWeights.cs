namespace CompiledNets;

/// <summary>Weights that a user gives beside targets, spread over the values they belong to.</summary>
internal static class SampleWeights
{
    /// <summary>A weight for each value, in the values' order.</summary>
    /// <param name="weights">The weights as given.</param>
    /// <param name="weightShape">Their shape.</param>
    /// <param name="valuesShape">The shape of the values: (samples) or (samples, positions...).</param>
    /// <param name="hint">What to do about weights that do not fit, where the caller knows; empty for what shapes tell.</param>
    /// <exception cref="ArgumentException">
    /// The weights have not the rank of the values, nor one more or less with a last axis of 1, or a size is neither 1 nor that of the
    /// values. A single weight always fits.
    /// </exception>
    public static float[] Spread(ReadOnlySpan<float> weights, ReadOnlySpan<int> weightShape, ReadOnlySpan<int> valuesShape,
        string hint = "")
    {
        int count = 1;
        foreach (int size in valuesShape)
        {
            count = checked(count * size);
        }

        float[] spread = new float[count];
        if (weights.Length == 1)
        {
            spread.AsSpan().Fill(weights[0]);
            return spread;
        }

        int[] aligned = Align(weightShape, valuesShape, hint);
        for (int value = 0; value < count; value++)
        {
            // From the last axis to the first: the value's index on the axis, and the weights after one step of it.
            int rest = value;
            int from = 0;
            int stride = 1;
            for (int axis = aligned.Length - 1; axis >= 0; axis--)
            {
                from += aligned[axis] == 1 ? 0 : rest % valuesShape[axis] * stride;
                rest /= valuesShape[axis];
                stride *= aligned[axis];
            }

            spread[value] = weights[from];
        }

        return spread;
    }

    /// <summary>The weights' shape with the rank of the values.</summary>
    private static int[] Align(ReadOnlySpan<int> weightShape, ReadOnlySpan<int> valuesShape, string hint)
    {
        int[] aligned = weightShape.Length == valuesShape.Length + 1 && weightShape is [.., 1] ? [.. weightShape[..^1]]
            : weightShape.Length == valuesShape.Length - 1 && valuesShape is [.., 1] ? [.. weightShape, 1]
            : [.. weightShape];
        bool fits = aligned.Length == valuesShape.Length;
        for (int axis = 0; fits && axis < aligned.Length; axis++)
        {
            fits = aligned[axis] == valuesShape[axis] || aligned[axis] == 1;
        }

        if (!fits)
        {
            throw new ArgumentException(
                $"Sample weights must have the shape of the values they weigh, or 1 in place of a size. Received: " +
                    $"sampleWeight.shape={ShapeText.Of(weightShape)}, " +
                $"values.shape={ShapeText.Of(valuesShape)}. {(hint.Length > 0 ? hint : Hint(weightShape, valuesShape))}");
        }

        return aligned;
    }

    private static string Hint(ReadOnlySpan<int> weightShape, ReadOnlySpan<int> valuesShape)
    {
        if (weightShape.Length != 1 || valuesShape.Length < 2)
        {
            return "There is one value for each position: the last axis of the outputs is gone.";
        }

        int[] onePerSample = new int[valuesShape.Length];
        Array.Fill(onePerSample, 1);
        onePerSample[0] = valuesShape[0];
        return $"For one weight a sample give them the shape {ShapeText.Of(onePerSample)}.";
    }
}
