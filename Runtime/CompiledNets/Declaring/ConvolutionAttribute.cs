namespace CompiledNets;

/// <summary>
/// What all convolutions share: a kernel that moves over a series, an image or a volume, an activation and a bias.
/// </summary>
public abstract class ConvolutionAttribute : SpatialAttribute
{
    private protected ConvolutionAttribute(int[] kernelSize, string? activation) =>
        (KernelSize, Activation) = (kernelSize, activation);

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

    /// <summary>The activation: a name of <see cref="CompiledNets.Activation"/>. Default: none.</summary>
    public string? Activation { get; set; }

    /// <summary>Whether a bias is added. Default: true.</summary>
    public bool UseBias { get; set; } = true;

    /// <summary>
    /// The bias's initializer: a name of <see cref="Initializer"/>, or <c>nameof</c> a static member of the network's class that gives one.
    /// Default: zeros.
    /// </summary>
    public string BiasInitializer { get; set; } = Initializer.Zeros;

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
    /// The bias's constraint: a name of <see cref="Constraint"/>, or <c>nameof</c> a static member of the network's class that gives one.
    /// Default: none.
    /// </summary>
    public string? BiasConstraint { get; set; }
}
