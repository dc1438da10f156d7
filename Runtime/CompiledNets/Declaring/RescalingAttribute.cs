namespace CompiledNets;

/// <summary>x * scale + offset for every element.</summary>
/// <param name="scale">The factor.</param>
/// <param name="offset">What is added. Default: 0.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property, AllowMultiple = true, Inherited = false)]
public sealed class RescalingAttribute(double scale, double offset = 0) : LayerAttribute
{
    /// <summary>The factor.</summary>
    public double Scale { get; } = scale;

    /// <summary>What is added. Default: 0.</summary>
    public double Offset { get; } = offset;
}
