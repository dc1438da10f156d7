namespace CompiledNets;

/// <summary>
/// What Conv1D, Conv2D and Conv3D share. Weights: kernel (its sizes, channels of a group, filters), bias (filters).
/// </summary>
public abstract class ConvAttribute : ConvolutionAttribute
{
    private protected ConvAttribute(int filters, int[] kernelSize, string? activation)
        : base(kernelSize, activation) => Filters = filters;

    /// <summary>Channels of the result; positive, and a multiple of the groups.</summary>
    public int Filters { get; }

    /// <summary>Parts of the channels that have filters of their own; divides both. Default: 1.</summary>
    public int Groups { get; set; } = 1;

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
