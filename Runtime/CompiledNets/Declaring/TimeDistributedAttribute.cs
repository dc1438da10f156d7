namespace CompiledNets;

/// <summary>
/// Wraps the layer after it, <c>[TimeDistributed, Conv2D(8, 3)]</c>, and applies it to each step of a sequence with the same weights:
/// (steps, ...) becomes (steps, ...).
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property, AllowMultiple = true, Inherited = false)]
public sealed class TimeDistributedAttribute : WrapperAttribute;
