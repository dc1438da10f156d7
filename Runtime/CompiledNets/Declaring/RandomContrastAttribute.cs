namespace CompiledNets;

/// <summary>
/// Moves the numbers of each image of a batch away from the mean of their channel or towards it, by a random factor, in training only.
/// </summary>
/// <param name="factor">
/// The largest change: 0.2 for factors from 0.8 to 1.2; or how far below 1 and above 1 factors go. From 0 to 1.
/// </param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property, AllowMultiple = true, Inherited = false)]
public sealed class RandomContrastAttribute(params double[] factor) : SpatialAttribute
{
    /// <summary>The largest change, or those below 1 and above 1.</summary>
    public double[] Factor { get; } = factor;

    /// <summary>The least and the largest number of a pixel, beyond which numbers are cut. Default: 0 and 255.</summary>
    public double[] ValueRange { get; set; } = [0, 255];
}
