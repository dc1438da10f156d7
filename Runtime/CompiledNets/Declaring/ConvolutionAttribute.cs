namespace CompiledNets;

/// <summary>
/// A convolution: what Keras's Conv1D, Conv2D and Conv3D share. Weights: kernel (its sizes, channels of a group, filters), bias (filters).
/// </summary>
public abstract class ConvolutionAttribute : SpatialAttribute
{
    private protected ConvolutionAttribute(int filters, int[] kernelSize, string? activation) =>
        (Filters, KernelSize, Activation) = (filters, kernelSize, activation);

    /// <summary>Channels of the result; positive, and a multiple of the groups.</summary>
    public int Filters { get; }

    /// <summary>Places of the kernel along each axis; one number stands for all.</summary>
    public int[] KernelSize { get; }

    /// <summary>Places from one position to the next along each axis; one number stands for all. Default: 1.</summary>
    public int[] Strides { get; set; } = [1];

    /// <summary>What lies beyond the border: a name of <see cref="CompiledNets.Padding"/>. Default: valid.</summary>
    public string Padding { get; set; } = CompiledNets.Padding.Valid;

    /// <summary>
    /// Places of the image from one place of the kernel to the next along each axis; one number stands for all. Larger than 1 only with
    /// strides of 1. Default: 1.
    /// </summary>
    public int[] DilationRate { get; set; } = [1];

    /// <summary>Parts of the channels that have filters of their own; divides both. Default: 1.</summary>
    public int Groups { get; set; } = 1;

    /// <summary>The activation: a name of <see cref="CompiledNets.Activation"/>. Default: none.</summary>
    public string? Activation { get; set; }

    /// <summary>Whether a bias is added. Default: true.</summary>
    public bool UseBias { get; set; } = true;

    /// <summary>
    /// The kernel's initializer: a name of <see cref="Initializer"/>, or <c>nameof</c> a static member of the network's class that gives
    /// one. Default: glorot_uniform.
    /// </summary>
    public string KernelInitializer { get; set; } = Initializer.GlorotUniform;

    /// <summary>The bias's initializer, as <see cref="KernelInitializer"/>. Default: zeros.</summary>
    public string BiasInitializer { get; set; } = Initializer.Zeros;

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
    /// The bias's regularizer: a name of <see cref="Regularizer"/>, or <c>nameof</c> a static member of the network's class that gives one.
    /// Default: none.
    /// </summary>
    public string? BiasRegularizer { get; set; }

    /// <summary>The factor of a penalty on absolute values of the bias; not negative. Default: 0.</summary>
    public double BiasL1 { get; set; }

    /// <summary>The factor of a penalty on squares of the bias; not negative. Default: 0.</summary>
    public double BiasL2 { get; set; }

    /// <summary>
    /// The kernel's constraint: a name of <see cref="Constraint"/>, or <c>nameof</c> a static member of the network's class that gives one.
    /// Default: none.
    /// </summary>
    public string? KernelConstraint { get; set; }

    /// <summary>
    /// The bias's constraint: a name of <see cref="Constraint"/>, or <c>nameof</c> a static member of the network's class that gives one.
    /// Default: none.
    /// </summary>
    public string? BiasConstraint { get; set; }
}
