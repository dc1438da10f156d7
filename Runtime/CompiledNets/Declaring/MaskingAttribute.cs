namespace CompiledNets;

/// <summary>
/// Masks the steps all of whose features are <paramref name="maskValue"/>: the layers after it skip them, and the loss leaves them out. In
/// the output they are 0.
/// </summary>
/// <param name="maskValue">The value. Default: 0.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property, AllowMultiple = true, Inherited = false)]
public sealed class MaskingAttribute(double maskValue = 0) : LayerAttribute
{
    /// <summary>The value.</summary>
    public double MaskValue { get; } = maskValue;
}
