namespace CompiledNets;

/// <summary>
/// In training, sets each element to zero with a probability and scales the others by 1 / (1 - rate); nothing in inference.
/// </summary>
/// <param name="rate">The probability, from 0 to 1; with 1, all are zero.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property, AllowMultiple = true, Inherited = false)]
public sealed class DropoutAttribute(double rate) : LayerAttribute
{
    /// <summary>The probability, from 0 to 1; with 1, all are zero.</summary>
    public double Rate { get; } = rate;

    /// <summary>
    /// Sizes of a sample's mask, one for each axis: 1 drops all along the axis together, -1 is the size of the axis. Default: none, which
    /// drops each element by itself. Each sample has a mask of its own.
    /// </summary>
    public int[] NoiseShape { get; set; } = [];
}
