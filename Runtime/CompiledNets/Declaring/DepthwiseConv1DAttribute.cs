namespace CompiledNets;

/// <summary>
/// A convolution of each channel of a series of (steps, channels) for itself. Weights: kernel (its steps, channels, results of each), bias
/// (channels times results of each).
/// </summary>
/// <param name="kernelSize">Its steps.</param>
/// <param name="activation">The activation: a name of <see cref="CompiledNets.Activation"/>. Default: none.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property, AllowMultiple = true, Inherited = false)]
public sealed class DepthwiseConv1DAttribute(int kernelSize, string? activation = null)
    : DepthwiseConvAttribute([kernelSize], activation);
