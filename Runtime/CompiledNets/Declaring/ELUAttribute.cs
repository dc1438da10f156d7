namespace CompiledNets;

/// <summary>x where it is not negative, else alpha (e^x - 1).</summary>
/// <param name="alpha">The factor. Default: 1.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property, AllowMultiple = true, Inherited = false)]
public sealed class ELUAttribute(double alpha = 1) : LayerAttribute
{
    /// <summary>What the layer tends to far below zero, negated. Default: 1.</summary>
    public double Alpha { get; } = alpha;
}
