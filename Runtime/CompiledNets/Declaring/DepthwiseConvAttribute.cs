namespace CompiledNets;

/// <summary>
/// What DepthwiseConv1D and DepthwiseConv2D share. Weights: kernel (its sizes, channels, results of each), bias (channels times results of
/// each).
/// </summary>
public abstract class DepthwiseConvAttribute : ConvolutionAttribute
{
    private protected DepthwiseConvAttribute(int[] kernelSize, string? activation)
        : base(kernelSize, activation)
    {
    }

    /// <summary>Results of each channel; positive. Default: 1.</summary>
    public int DepthMultiplier { get; set; } = 1;

    /// <summary>
    /// The kernel's initializer: a name of <see cref="Initializer"/>, or <c>nameof</c> a static member of the network's class that gives
    /// one. Default: glorot_uniform.
    /// </summary>
    public string DepthwiseInitializer { get; set; } = Initializer.GlorotUniform;

    /// <summary>
    /// The kernel's regularizer: a name of <see cref="Regularizer"/>, or <c>nameof</c> a static member of the network's class that gives
    /// one. Default: none.
    /// </summary>
    public string? DepthwiseRegularizer { get; set; }

    /// <summary>The factor of a penalty on absolute values of the kernel; not negative. Default: 0.</summary>
    public double DepthwiseL1 { get; set; }

    /// <summary>The factor of a penalty on squares of the kernel; not negative. Default: 0.</summary>
    public double DepthwiseL2 { get; set; }

    /// <summary>
    /// The kernel's constraint: a name of <see cref="Constraint"/>, or <c>nameof</c> a static member of the network's class that gives one.
    /// Default: none.
    /// </summary>
    public string? DepthwiseConstraint { get; set; }
}
