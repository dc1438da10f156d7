namespace CompiledNets;

/// <summary>
/// What recurrent layers and cells share: what one step does. Weights: kernel (features, gates * units), recurrent_kernel
/// (units, gates * units), bias (gates * units).
/// </summary>
/// <param name="units">Size of the output of a step, and of the states; positive.</param>
/// <param name="activation">The activation: a name of <see cref="CompiledNets.Activation"/>; null for none.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property, AllowMultiple = true, Inherited = false)]
public abstract class RecurrentCellAttribute(int units, string? activation) : KernelAttribute
{
    /// <summary>Size of the output of a step, and of the states; positive.</summary>
    public int Units { get; } = units;

    /// <summary>The activation: a name of <see cref="CompiledNets.Activation"/>; null for none. Default: tanh.</summary>
    public string? Activation { get; set; } = activation;

    /// <summary>Whether a bias is added. Default: true.</summary>
    public bool UseBias { get; set; } = true;

    /// <summary>The recurrent kernel's initializer, as <see cref="KernelAttribute.KernelInitializer"/>. Default: orthogonal.</summary>
    public string RecurrentInitializer { get; set; } = Initializer.Orthogonal;

    /// <summary>The recurrent kernel's regularizer, as <see cref="KernelAttribute.KernelRegularizer"/>. Default: none.</summary>
    public string? RecurrentRegularizer { get; set; }

    /// <summary>The factor of a penalty on absolute values of the recurrent kernel; not negative. Default: 0.</summary>
    public double RecurrentL1 { get; set; }

    /// <summary>The factor of a penalty on squares of the recurrent kernel; not negative. Default: 0.</summary>
    public double RecurrentL2 { get; set; }

    /// <summary>The recurrent kernel's constraint, as <see cref="KernelAttribute.KernelConstraint"/>. Default: none.</summary>
    public string? RecurrentConstraint { get; set; }

    /// <summary>
    /// Share of the input's numbers that is dropped in training, the same at all steps; from 0 to 1. Where numbers of the state are dropped
    /// too, each gate has its own. Default: 0.
    /// </summary>
    public double Dropout { get; set; }

    /// <summary>
    /// Share of the state's numbers that is dropped in training, the same at all steps, for each gate its own; from 0 to 1. Default: 0.
    /// </summary>
    public double RecurrentDropout { get; set; }
}
