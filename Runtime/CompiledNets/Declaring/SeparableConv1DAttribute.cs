namespace CompiledNets;

/// <summary>
/// A convolution of each channel of a series of (steps, channels) for itself, and filters over the channels of that. Weights:
/// depthwise_kernel (its steps, channels, results of each), pointwise_kernel (1 for each size, channels times results of each, filters),
/// bias (filters).
/// </summary>
/// <param name="filters">Channels of the result; positive.</param>
/// <param name="kernelSize">Its steps.</param>
/// <param name="activation">The activation: a name of <see cref="CompiledNets.Activation"/>. Default: none.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property, AllowMultiple = true, Inherited = false)]
public sealed class SeparableConv1DAttribute(int filters, int kernelSize, string? activation = null)
    : SeparableConvAttribute(filters, [kernelSize], activation);
