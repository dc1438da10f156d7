namespace CompiledNets;

/// <summary>Applies an activation to every element.</summary>
/// <param name="activation">A name of <see cref="CompiledNets.Activation"/>.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property, AllowMultiple = true, Inherited = false)]
public sealed class ActivationAttribute(string activation) : LayerAttribute
{
    /// <summary>A name of <see cref="CompiledNets.Activation"/>.</summary>
    public string Activation { get; } = activation;
}
