namespace CompiledNets;

/// <summary>
/// A convolution of each channel of an image of (rows, columns, channels) for itself. Weights: kernel (its rows and columns, channels,
/// results of each), bias (channels times results of each).
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property, AllowMultiple = true, Inherited = false)]
public sealed class DepthwiseConv2DAttribute : DepthwiseConvAttribute
{
    /// <summary>A convolution of each channel of an image of (rows, columns, channels) for itself.</summary>
    /// <param name="kernelSize">Its rows and columns, all the same.</param>
    /// <param name="activation">The activation: a name of <see cref="CompiledNets.Activation"/>. Default: none.</param>
    public DepthwiseConv2DAttribute(int kernelSize, string? activation = null)
        : base([kernelSize], activation)
    {
    }

    /// <summary>A convolution of each channel of an image of (rows, columns, channels) for itself.</summary>
    /// <param name="kernelSize">Its rows and columns.</param>
    /// <param name="activation">The activation: a name of <see cref="CompiledNets.Activation"/>. Default: none.</param>
    public DepthwiseConv2DAttribute(int[] kernelSize, string? activation = null)
        : base(kernelSize, activation)
    {
    }
}
