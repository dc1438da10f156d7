namespace CompiledNets;

/// <summary>
/// x above the threshold, at most the largest value; below the threshold the slope times (x - threshold): <c>min(max(x, 0), maxValue)</c>
/// where slope and threshold are zero.
/// </summary>
/// <param name="maxValue">The largest value, at least 0. Default: none.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property, AllowMultiple = true, Inherited = false)]
public sealed class ReLUAttribute(double maxValue = double.PositiveInfinity) : LayerAttribute
{
    /// <summary>The largest value, at least 0. Default: infinity, which is none.</summary>
    public double MaxValue { get; } = maxValue;

    /// <summary>The slope below the threshold, at least 0. Default: 0.</summary>
    public double NegativeSlope { get; set; }

    /// <summary>Where the layer begins to let x through, at least 0. Default: 0.</summary>
    public double Threshold { get; set; }
}
