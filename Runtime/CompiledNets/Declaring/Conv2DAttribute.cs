namespace CompiledNets;

/// <summary>
/// A convolution of an image: a kernel moves over (rows, columns, channels). Weights: kernel (its rows and columns, channels of a group,
/// filters), bias (filters).
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property, AllowMultiple = true, Inherited = false)]
public sealed class Conv2DAttribute : ConvAttribute
{
    /// <summary>A convolution of an image: a kernel moves over (rows, columns, channels).</summary>
    /// <param name="filters">Channels of the result; positive, and a multiple of the groups.</param>
    /// <param name="kernelSize">Its rows and columns, all the same.</param>
    /// <param name="activation">The activation: a name of <see cref="CompiledNets.Activation"/>. Default: none.</param>
    public Conv2DAttribute(int filters, int kernelSize, string? activation = null)
        : base(filters, [kernelSize], activation)
    {
    }

    /// <summary>A convolution of an image: a kernel moves over (rows, columns, channels).</summary>
    /// <param name="filters">Channels of the result; positive, and a multiple of the groups.</param>
    /// <param name="kernelSize">Its rows and columns.</param>
    /// <param name="activation">The activation: a name of <see cref="CompiledNets.Activation"/>. Default: none.</param>
    public Conv2DAttribute(int filters, int[] kernelSize, string? activation = null)
        : base(filters, kernelSize, activation)
    {
    }
}
