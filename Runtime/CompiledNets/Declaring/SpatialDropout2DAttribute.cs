namespace CompiledNets;

/// <summary>
/// In training, sets whole channels of a sample (height, width, channels) to zero with a probability and scales the others by 1 / (1 -
/// rate); nothing in
/// inference.
/// </summary>
/// <param name="rate">The probability, from 0 to 1; with 1, all are zero.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property, AllowMultiple = true, Inherited = false)]
public sealed class SpatialDropout2DAttribute(double rate) : SpatialAttribute
{
    /// <summary>The probability, from 0 to 1; with 1, all are zero.</summary>
    public double Rate { get; } = rate;
}
