namespace CompiledNets;

/// <summary>Passes its input on.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property, AllowMultiple = true, Inherited = false)]
public sealed class IdentityAttribute() : LayerAttribute;
