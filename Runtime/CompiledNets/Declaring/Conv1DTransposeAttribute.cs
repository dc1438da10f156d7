namespace CompiledNets;

/// <summary>
/// A transposed convolution of a series: each place of (steps, channels) is spread over a kernel, a stride apart. Weights: kernel (its
/// steps, filters, channels), bias (filters).
/// </summary>
/// <param name="filters">Channels of the result; positive.</param>
/// <param name="kernelSize">Its steps.</param>
/// <param name="activation">The activation: a name of <see cref="CompiledNets.Activation"/>. Default: none.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property, AllowMultiple = true, Inherited = false)]
public sealed class Conv1DTransposeAttribute(int filters, int kernelSize, string? activation = null)
    : ConvTransposeAttribute(filters, [kernelSize], activation);
