namespace CompiledNets;

/// <summary>
/// What all wrappers share: a wrapper stands before the layer that it wraps, <c>[SpectralNormalization, Dense(8)]</c>, and both are one
/// layer of the network, which has the wrapper's name.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property, AllowMultiple = true, Inherited = false)]
public abstract class WrapperAttribute : LayerAttribute
{
    private protected WrapperAttribute()
    {
    }
}
