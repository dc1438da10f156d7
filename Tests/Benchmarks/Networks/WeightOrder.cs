namespace CompiledNets.Benchmarks.Networks;

/// <summary>Weights in the order of peers, which have the channels of images before rows and columns.</summary>
internal static class WeightOrder
{
    /// <summary>The kernel of a convolution: (filters, channels, rows, columns).</summary>
    public static float[] Of(ConvLayer layer, ReadOnlySpan<float> kernel) =>
        Permute(kernel, layer.Groups == 1
            ? [layer.Kernel, layer.Kernel, layer.Image.Channels, layer.Filters]
            // Of depthwise layers the multiples of a channel are the filters of its group.
            : [layer.Kernel, layer.Kernel, 1, layer.Filters], [3, 2, 0, 1]);

    /// <summary>The kernel of a dense layer, (inputs, units), whose inputs are those of an image that was made flat.</summary>
    public static float[] Of(DenseLayer layer, ReadOnlySpan<float> kernel) => layer.Flattened is not { } image ? kernel.ToArray()
        : Permute(kernel, [image.Rows, image.Columns, image.Channels, layer.Units], [2, 0, 1, 3]);

    /// <summary>A kernel of gates side by side, (inputs, gates * units), or their biases, as a row a unit in the order of a peer.</summary>
    /// <param name="weights">The weights, with Keras's order of gates.</param>
    /// <param name="units">Units of a gate.</param>
    /// <param name="gates">Keras's gates in the peer's order.</param>
    public static float[] OfGates(ReadOnlySpan<float> weights, int units, params ReadOnlySpan<int> gates)
    {
        int columns = units * gates.Length, rows = weights.Length / columns;
        float[] result = new float[weights.Length];
        for (int column = 0; column < columns; column++)
            for (int row = 0; row < rows; row++)
                result[(column * rows) + row] = weights[(row * columns) + (gates[column / units] * units) + (column % units)];
        return result;
    }

    // The axes of an array of four in another order.
    private static float[] Permute(ReadOnlySpan<float> values, int[] sizes, int[] order)
    {
        float[] result = new float[values.Length];
        int[] steps = [sizes[1] * sizes[2] * sizes[3], sizes[2] * sizes[3], sizes[3], 1];
        int at = 0;
        for (int a = 0; a < sizes[order[0]]; a++)
            for (int b = 0; b < sizes[order[1]]; b++)
                for (int c = 0; c < sizes[order[2]]; c++)
                    for (int d = 0; d < sizes[order[3]]; d++)
                        result[at++] =
                            values[(a * steps[order[0]]) + (b * steps[order[1]]) + (c * steps[order[2]]) + (d * steps[order[3]])];
        return result;
    }
}
