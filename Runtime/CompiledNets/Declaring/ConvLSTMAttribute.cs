namespace CompiledNets;

/// <summary>
/// An LSTM whose products are convolutions: what Keras's ConvLSTM1D, ConvLSTM2D and ConvLSTM3D share. States are images; the convolution of
/// the state keeps their size. Weights: kernel (its sizes, channels, 4 * filters), recurrent_kernel (its sizes, filters, 4 * filters), bias
/// (4 * filters).
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property, AllowMultiple = true, Inherited = false)]
public abstract class ConvLSTMAttribute : RecurrentAttribute
{
    private protected ConvLSTMAttribute(int filters, int[] kernelSize, string? activation)
        : base(filters, activation) => KernelSize = kernelSize;

    /// <summary>Channels of the result; positive.</summary>
    public int Filters => Units;

    /// <summary>Places of the kernel along each axis; one number stands for all.</summary>
    public int[] KernelSize { get; }

    /// <summary>Places from one position to the next along each axis of the input; one number stands for all. Default: 1.</summary>
    public int[] Strides { get; set; } = [1];

    /// <summary>What lies beyond the border of the input: a name of <see cref="CompiledNets.Padding"/>. Default: valid.</summary>
    public string Padding { get; set; } = CompiledNets.Padding.Valid;

    /// <summary>
    /// Places of the image from one place of the kernel to the next along each axis of the input; one number stands for all. Larger than 1
    /// only with strides of 1. Default: 1.
    /// </summary>
    public int[] DilationRate { get; set; } = [1];

    /// <summary>The activation of the gates: a name of <see cref="CompiledNets.Activation"/>. Default: sigmoid.</summary>
    public string RecurrentActivation { get; set; } = CompiledNets.Activation.Sigmoid;

    /// <summary>Whether the bias of the gate f starts at 1, so that the first steps of training forget little. Default: true.</summary>
    public bool UnitForgetBias { get; set; } = true;

    /// <summary>
    /// Where the channels stand: a name of <see cref="CompiledNets.DataFormat"/>, of which layers take
    /// <see cref="CompiledNets.DataFormat.ChannelsLast"/> alone. Default: null, which is that.
    /// </summary>
    public string? DataFormat { get; set; }
}
