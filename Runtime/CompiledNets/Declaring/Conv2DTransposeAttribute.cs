namespace CompiledNets;

/// <summary>
/// A transposed convolution of an image: each place of (rows, columns, channels) is spread over a kernel, a stride apart. Weights: kernel
/// (its rows and columns, filters, channels), bias (filters).
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property, AllowMultiple = true, Inherited = false)]
public sealed class Conv2DTransposeAttribute : ConvTransposeAttribute
{
    /// <summary>
    /// A transposed convolution of an image: each place of (rows, columns, channels) is spread over a kernel, a stride apart.
    /// </summary>
    /// <param name="filters">Channels of the result; positive.</param>
    /// <param name="kernelSize">Its rows and columns, all the same.</param>
    /// <param name="activation">The activation: a name of <see cref="CompiledNets.Activation"/>. Default: none.</param>
    public Conv2DTransposeAttribute(int filters, int kernelSize, string? activation = null)
        : base(filters, [kernelSize], activation)
    {
    }

    /// <summary>
    /// A transposed convolution of an image: each place of (rows, columns, channels) is spread over a kernel, a stride apart.
    /// </summary>
    /// <param name="filters">Channels of the result; positive.</param>
    /// <param name="kernelSize">Its rows and columns.</param>
    /// <param name="activation">The activation: a name of <see cref="CompiledNets.Activation"/>. Default: none.</param>
    public Conv2DTransposeAttribute(int filters, int[] kernelSize, string? activation = null)
        : base(filters, kernelSize, activation)
    {
    }
}
