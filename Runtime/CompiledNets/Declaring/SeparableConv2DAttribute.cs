namespace CompiledNets;

/// <summary>
/// A convolution of each channel of an image of (rows, columns, channels) for itself, and filters over the channels of that. Weights:
/// depthwise_kernel (its rows and columns, channels, results of each), pointwise_kernel (1 for each size, channels times results of each,
/// filters), bias (filters).
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property, AllowMultiple = true, Inherited = false)]
public sealed class SeparableConv2DAttribute : SeparableConvAttribute
{
    /// <summary>
    /// A convolution of each channel of an image of (rows, columns, channels) for itself, and filters over the channels of that.
    /// </summary>
    /// <param name="filters">Channels of the result; positive.</param>
    /// <param name="kernelSize">Its rows and columns, all the same.</param>
    /// <param name="activation">The activation: a name of <see cref="CompiledNets.Activation"/>. Default: none.</param>
    public SeparableConv2DAttribute(int filters, int kernelSize, string? activation = null)
        : base(filters, [kernelSize], activation)
    {
    }

    /// <summary>
    /// A convolution of each channel of an image of (rows, columns, channels) for itself, and filters over the channels of that.
    /// </summary>
    /// <param name="filters">Channels of the result; positive.</param>
    /// <param name="kernelSize">Its rows and columns.</param>
    /// <param name="activation">The activation: a name of <see cref="CompiledNets.Activation"/>. Default: none.</param>
    public SeparableConv2DAttribute(int filters, int[] kernelSize, string? activation = null)
        : base(filters, kernelSize, activation)
    {
    }
}
