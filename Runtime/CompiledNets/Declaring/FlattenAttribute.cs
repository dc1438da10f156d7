namespace CompiledNets;

/// <summary>Makes one axis of all, in row-major order.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property, AllowMultiple = true, Inherited = false)]
public sealed class FlattenAttribute() : LayerAttribute;
