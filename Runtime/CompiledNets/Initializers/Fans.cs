namespace CompiledNets.Initializers;

/// <summary>Inputs and outputs of one unit, as Keras reads them off the shape of a weight.</summary>
/// <param name="In">Inputs.</param>
/// <param name="Out">Outputs.</param>
internal readonly record struct Fans(double In, double Out)
{
    /// <summary>
    /// A matrix is (inputs, outputs); with more axes, those before the last two are the window of a convolution and multiply both. A vector
    /// counts as its length, both ways.
    /// </summary>
    public static Fans Of(ReadOnlySpan<int> shape)
    {
        if (shape.Length == 0) return new(1, 1);
        if (shape.Length == 1) return new(shape[0], shape[0]);
        double window = 1;
        foreach (int axis in shape[..^2]) window *= axis;
        return new(shape[^2] * window, shape[^1] * window);
    }
}
