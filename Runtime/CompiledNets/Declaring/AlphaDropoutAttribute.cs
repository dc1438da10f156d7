namespace CompiledNets;

/// <summary>
/// In training, sets each element to what selu tends to far below zero, with a probability, and then scales and shifts all so that mean 0
/// and variance 1 stay; nothing in inference.
/// </summary>
/// <param name="rate">The probability, at least 0 and less than 1.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property, AllowMultiple = true, Inherited = false)]
public sealed class AlphaDropoutAttribute(double rate) : LayerAttribute
{
    /// <summary>The probability, at least 0 and less than 1.</summary>
    public double Rate { get; } = rate;

    /// <summary>
    /// Sizes of a sample's mask, one for each axis: 1 drops all along the axis together, -1 is the size of the axis. Default: none, which
    /// drops each element by itself. Each sample has a mask of its own.
    /// </summary>
    public int[] NoiseShape { get; set; } = [];
}
