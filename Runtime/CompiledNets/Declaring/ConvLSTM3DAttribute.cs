namespace CompiledNets;

/// <summary>An LSTM over a sequence of images, (steps, planes, rows, columns, channels), whose products are convolutions.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property, AllowMultiple = true, Inherited = false)]
public sealed class ConvLSTM3DAttribute : ConvLSTMAttribute
{
    /// <summary>An LSTM over a sequence of images, (steps, planes, rows, columns, channels), whose products are convolutions.</summary>
    /// <param name="filters">Channels of the result; positive.</param>
    /// <param name="kernelSize">Places of the kernel along each axis, all the same.</param>
    /// <param name="activation">The activation: a name of <see cref="CompiledNets.Activation"/>; null for none. Default: tanh.</param>
    public ConvLSTM3DAttribute(int filters, int kernelSize, string? activation = CompiledNets.Activation.Tanh)
        : base(filters, [kernelSize], activation)
    {
    }

    /// <summary>An LSTM over a sequence of images, (steps, planes, rows, columns, channels), whose products are convolutions.</summary>
    /// <param name="filters">Channels of the result; positive.</param>
    /// <param name="kernelSize">Places of the kernel along each axis.</param>
    /// <param name="activation">The activation: a name of <see cref="CompiledNets.Activation"/>; null for none. Default: tanh.</param>
    public ConvLSTM3DAttribute(int filters, int[] kernelSize, string? activation = CompiledNets.Activation.Tanh)
        : base(filters, kernelSize, activation)
    {
    }
}
