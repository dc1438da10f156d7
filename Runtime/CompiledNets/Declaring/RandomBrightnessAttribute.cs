namespace CompiledNets;

/// <summary>Adds a random share of the range of numbers to each image of a batch, in training only.</summary>
/// <param name="factor">The largest share, darker or brighter; or the least and the largest. From -1 to 1.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property, AllowMultiple = true, Inherited = false)]
public sealed class RandomBrightnessAttribute(params double[] factor) : SpatialAttribute
{
    /// <summary>The largest share, or the least and the largest.</summary>
    public double[] Factor { get; } = factor;

    /// <summary>The least and the largest number of a pixel, beyond which numbers are cut. Default: 0 and 255.</summary>
    public double[] ValueRange { get; set; } = [0, 255];
}
