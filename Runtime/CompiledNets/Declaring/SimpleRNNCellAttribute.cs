namespace CompiledNets;

/// <summary>One step of a <see cref="SimpleRNNAttribute"/>, for an <see cref="RNNAttribute"/>.</summary>
/// <param name="units">Size of the output; positive.</param>
/// <param name="activation">The activation: a name of <see cref="CompiledNets.Activation"/>; null for none. Default: tanh.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property, AllowMultiple = true, Inherited = false)]
public sealed class SimpleRNNCellAttribute(int units, string? activation = CompiledNets.Activation.Tanh)
    : RecurrentCellAttribute(units, activation);
