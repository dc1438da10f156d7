namespace CompiledNets;

/// <summary>Turns each image of a batch around its middle by a random angle, in training only.</summary>
/// <param name="factor">
/// The largest turn to either side, as a share of a whole one: 0.1 for up to 36 degrees; or the least and the largest, counter-clockwise
/// being positive. From -1 to 1.
/// </param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property, AllowMultiple = true, Inherited = false)]
public sealed class RandomRotationAttribute(params double[] factor) : RandomWarpAttribute
{
    /// <summary>The largest turn, or the least and the largest.</summary>
    public double[] Factor { get; } = factor;
}
