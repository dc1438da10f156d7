namespace CompiledNets;

/// <summary>
/// What SeparableConv1D and SeparableConv2D share. Weights: depthwise_kernel (its sizes, channels, results of each), pointwise_kernel (1
/// for each size, channels times results of each, filters), bias (filters).
/// </summary>
public abstract class SeparableConvAttribute : ConvolutionAttribute
{
    private protected SeparableConvAttribute(int filters, int[] kernelSize, string? activation)
        : base(kernelSize, activation) => Filters = filters;

    /// <summary>Channels of the result; positive.</summary>
    public int Filters { get; }

    /// <summary>Results of each channel; positive. Default: 1.</summary>
    public int DepthMultiplier { get; set; } = 1;

    /// <summary>
    /// The kernel of each channel's initializer: a name of <see cref="Initializer"/>, or <c>nameof</c> a static member of the network's
    /// class that gives one. Default: glorot_uniform.
    /// </summary>
    public string DepthwiseInitializer { get; set; } = Initializer.GlorotUniform;

    /// <summary>The kernel over channels's initializer, as <see cref="DepthwiseInitializer"/>. Default: glorot_uniform.</summary>
    public string PointwiseInitializer { get; set; } = Initializer.GlorotUniform;

    /// <summary>
    /// The kernel of each channel's regularizer: a name of <see cref="Regularizer"/>, or <c>nameof</c> a static member of the network's
    /// class that gives one. Default: none.
    /// </summary>
    public string? DepthwiseRegularizer { get; set; }

    /// <summary>The factor of a penalty on absolute values of the kernel of each channel; not negative. Default: 0.</summary>
    public double DepthwiseL1 { get; set; }

    /// <summary>The factor of a penalty on squares of the kernel of each channel; not negative. Default: 0.</summary>
    public double DepthwiseL2 { get; set; }

    /// <summary>
    /// The kernel of each channel's constraint: a name of <see cref="Constraint"/>, or <c>nameof</c> a static member of the network's class
    /// that gives one. Default: none.
    /// </summary>
    public string? DepthwiseConstraint { get; set; }

    /// <summary>
    /// The kernel over channels's regularizer: a name of <see cref="Regularizer"/>, or <c>nameof</c> a static member of the network's class
    /// that gives one. Default: none.
    /// </summary>
    public string? PointwiseRegularizer { get; set; }

    /// <summary>The factor of a penalty on absolute values of the kernel over channels; not negative. Default: 0.</summary>
    public double PointwiseL1 { get; set; }

    /// <summary>The factor of a penalty on squares of the kernel over channels; not negative. Default: 0.</summary>
    public double PointwiseL2 { get; set; }

    /// <summary>
    /// The kernel over channels's constraint: a name of <see cref="Constraint"/>, or <c>nameof</c> a static member of the network's class
    /// that gives one. Default: none.
    /// </summary>
    public string? PointwiseConstraint { get; set; }
}
