namespace CompiledNets;

/// <summary>
/// What recurrent layers and cells share: what one step does. Weights: kernel (features, gates * units), recurrent_kernel
/// (units, gates * units), bias (gates * units).
/// </summary>
/// <param name="units">Size of the output of a step, and of the states; positive.</param>
/// <param name="activation">The activation: a name of <see cref="CompiledNets.Activation"/>; null for none.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property, AllowMultiple = true, Inherited = false)]
public abstract class RecurrentCellAttribute(int units, string? activation) : LayerAttribute
{
    /// <summary>Size of the output of a step, and of the states; positive.</summary>
    public int Units { get; } = units;

    /// <summary>The activation: a name of <see cref="CompiledNets.Activation"/>; null for none. Default: tanh.</summary>
    public string? Activation { get; set; } = activation;

    /// <summary>Whether a bias is added. Default: true.</summary>
    public bool UseBias { get; set; } = true;

    /// <summary>
    /// The kernel's initializer: a name of <see cref="Initializer"/>, or <c>nameof</c> a static member of the network's class that gives
    /// one. Default: glorot_uniform.
    /// </summary>
    public string KernelInitializer { get; set; } = Initializer.GlorotUniform;

    /// <summary>The recurrent kernel's initializer, as <see cref="KernelInitializer"/>. Default: orthogonal.</summary>
    public string RecurrentInitializer { get; set; } = Initializer.Orthogonal;

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

    /// <summary>The recurrent kernel's regularizer, as <see cref="KernelRegularizer"/>. Default: none.</summary>
    public string? RecurrentRegularizer { get; set; }

    /// <summary>The factor of a penalty on absolute values of the recurrent kernel; not negative. Default: 0.</summary>
    public double RecurrentL1 { get; set; }

    /// <summary>The factor of a penalty on squares of the recurrent kernel; not negative. Default: 0.</summary>
    public double RecurrentL2 { get; set; }

    /// <summary>The bias's regularizer, as <see cref="KernelRegularizer"/>. Default: none.</summary>
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

    /// <summary>The recurrent kernel's constraint, as <see cref="KernelConstraint"/>. Default: none.</summary>
    public string? RecurrentConstraint { get; set; }

    /// <summary>The bias's constraint, as <see cref="KernelConstraint"/>. Default: none.</summary>
    public string? BiasConstraint { get; set; }

    /// <summary>Share of the input's numbers that is dropped in training, the same at all steps; from 0 to 1. Default: 0.</summary>
    public double Dropout { get; set; }

    /// <summary>Share of the state's numbers that is dropped in training, the same at all steps and gates; from 0 to 1. Default: 0.</summary>
    public double RecurrentDropout { get; set; }
}
