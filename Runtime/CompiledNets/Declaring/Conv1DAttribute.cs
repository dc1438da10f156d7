namespace CompiledNets;

/// <summary>
/// A convolution of a series: a kernel moves over the steps of (steps, channels). Weights: kernel (size, channels of a group, filters),
/// bias (filters).
/// </summary>
/// <param name="filters">Channels of the result; positive, and a multiple of the groups.</param>
/// <param name="kernelSize">Its steps.</param>
/// <param name="activation">The activation: a name of <see cref="CompiledNets.Activation"/>. Default: none.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property, AllowMultiple = true, Inherited = false)]
public sealed class Conv1DAttribute(int filters, int kernelSize, string? activation = null)
    : ConvAttribute(filters, [kernelSize], activation);
