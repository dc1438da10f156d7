namespace CompiledNets;

/// <summary>
/// A recurrent layer that hands its output on: h' = activation(x · kernel + bias + h · recurrent_kernel). Its state is h.
/// </summary>
/// <param name="units">Size of the output of a step; positive.</param>
/// <param name="activation">The activation: a name of <see cref="CompiledNets.Activation"/>; null for none. Default: tanh.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property, AllowMultiple = true, Inherited = false)]
public sealed class SimpleRNNAttribute(int units, string? activation = CompiledNets.Activation.Tanh)
    : RecurrentAttribute(units, activation);
