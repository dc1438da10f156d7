namespace CompiledNets;

/// <summary>
/// A convolution of a volume: a kernel moves over (planes, rows, columns, channels). Weights: kernel (its planes, rows and columns,
/// channels of a group, filters), bias (filters).
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property, AllowMultiple = true, Inherited = false)]
public sealed class Conv3DAttribute : ConvAttribute
{
    /// <summary>A convolution of a volume: a kernel moves over (planes, rows, columns, channels).</summary>
    /// <param name="filters">Channels of the result; positive, and a multiple of the groups.</param>
    /// <param name="kernelSize">Its planes, rows and columns, all the same.</param>
    /// <param name="activation">The activation: a name of <see cref="CompiledNets.Activation"/>. Default: none.</param>
    public Conv3DAttribute(int filters, int kernelSize, string? activation = null)
        : base(filters, [kernelSize], activation)
    {
    }

    /// <summary>A convolution of a volume: a kernel moves over (planes, rows, columns, channels).</summary>
    /// <param name="filters">Channels of the result; positive, and a multiple of the groups.</param>
    /// <param name="kernelSize">Its planes, rows and columns.</param>
    /// <param name="activation">The activation: a name of <see cref="CompiledNets.Activation"/>. Default: none.</param>
    public Conv3DAttribute(int filters, int[] kernelSize, string? activation = null)
        : base(filters, kernelSize, activation)
    {
    }
}
