namespace CompiledNets;

/// <summary>
/// What Conv1DTranspose, Conv2DTranspose and Conv3DTranspose share. Weights: kernel (its sizes, filters, channels), bias (filters).
/// </summary>
public abstract class ConvTransposeAttribute : ConvolutionAttribute
{
    private protected ConvTransposeAttribute(int filters, int[] kernelSize, string? activation)
        : base(kernelSize, activation) => Filters = filters;

    /// <summary>Channels of the result; positive.</summary>
    public int Filters { get; }

    /// <summary>
    /// Places that the result has more along each axis than its last position reaches with a kernel of one place and, with padding valid,
    /// the rest of the kernel; less than the stride. One number stands for all axes. Default: none, so that with padding same the result is
    /// a stride for each place, and with padding valid the smallest that all positions reach and their strides fit into.
    /// </summary>
    public int[] OutputPadding { get; set; } = [];

    /// <summary>
    /// The kernel's initializer: a name of <see cref="Initializer"/>, or <c>nameof</c> a static member of the network's class that gives
    /// one. Default: glorot_uniform.
    /// </summary>
    public string KernelInitializer { get; set; } = Initializer.GlorotUniform;

    /// <summary>
    /// The kernel's regularizer: a name of <see cref="Regularizer"/>, or <c>nameof</c> a static member of the network's class that gives
    /// one. Default: none.
    /// </summary>
    public string? KernelRegularizer { get; set; }

    /// <summary>The factor of a penalty on absolute values of the kernel; not negative. Default: 0.</summary>
    public double KernelL1 { get; set; }

    /// <summary>The factor of a penalty on squares of the kernel; not negative. Default: 0.</summary>
    public double KernelL2 { get; set; }

    /// <summary>
    /// The kernel's constraint: a name of <see cref="Constraint"/>, or <c>nameof</c> a static member of the network's class that gives one.
    /// Default: none.
    /// </summary>
    public string? KernelConstraint { get; set; }
}
