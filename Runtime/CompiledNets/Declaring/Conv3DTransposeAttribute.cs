namespace CompiledNets;

/// <summary>
/// A transposed convolution of a volume: each place of (planes, rows, columns, channels) is spread over a kernel, a stride apart. Weights:
/// kernel (its planes, rows and columns, filters, channels), bias (filters).
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property, AllowMultiple = true, Inherited = false)]
public sealed class Conv3DTransposeAttribute : ConvTransposeAttribute
{
    /// <summary>
    /// A transposed convolution of a volume: each place of (planes, rows, columns, channels) is spread over a kernel, a stride apart.
    /// </summary>
    /// <param name="filters">Channels of the result; positive.</param>
    /// <param name="kernelSize">Its planes, rows and columns, all the same.</param>
    /// <param name="activation">The activation: a name of <see cref="CompiledNets.Activation"/>. Default: none.</param>
    public Conv3DTransposeAttribute(int filters, int kernelSize, string? activation = null)
        : base(filters, [kernelSize], activation)
    {
    }

    /// <summary>
    /// A transposed convolution of a volume: each place of (planes, rows, columns, channels) is spread over a kernel, a stride apart.
    /// </summary>
    /// <param name="filters">Channels of the result; positive.</param>
    /// <param name="kernelSize">Its planes, rows and columns.</param>
    /// <param name="activation">The activation: a name of <see cref="CompiledNets.Activation"/>. Default: none.</param>
    public Conv3DTransposeAttribute(int filters, int[] kernelSize, string? activation = null)
        : base(filters, kernelSize, activation)
    {
    }
}
