namespace CompiledNets;

/// <summary>
/// An LSTM whose products are convolutions: what Keras's ConvLSTM1D, ConvLSTM2D and ConvLSTM3D share. States are images; the convolution of
/// the state keeps their size. Weights: kernel (its sizes, channels, 4 * filters), recurrent_kernel (its sizes, filters, 4 * filters), bias
/// (4 * filters).
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property, AllowMultiple = true, Inherited = false)]
public abstract class ConvLSTMAttribute : SpatialAttribute
{
    private protected ConvLSTMAttribute(int filters, int[] kernelSize, string? activation) =>
        (Filters, KernelSize, Activation) = (filters, kernelSize, activation);

    /// <summary>Channels of the result; positive.</summary>
    public int Filters { get; }

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

    /// <summary>The activation: a name of <see cref="CompiledNets.Activation"/>; null for none. Default: tanh.</summary>
    public string? Activation { get; set; }

    /// <summary>The activation of the gates: a name of <see cref="CompiledNets.Activation"/>. Default: sigmoid.</summary>
    public string RecurrentActivation { get; set; } = CompiledNets.Activation.Sigmoid;

    /// <summary>Whether the bias of the gate f starts at 1, so that the first steps of training forget little. Default: true.</summary>
    public bool UnitForgetBias { get; set; } = true;

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

    /// <summary>Whether the outputs of all steps are given, (steps, units), not only that of the last one. Default: false.</summary>
    public bool ReturnSequences { get; set; }

    /// <summary>
    /// Whether the states after the last step are given too: nodes take them by <c>[From(nameof(Encoded), Output = "state_h")]</c>. Default:
    /// false.
    /// </summary>
    public bool ReturnState { get; set; }

    /// <summary>Whether it begins with the last step. The outputs stand in the order in which they are made. Default: false.</summary>
    public bool GoBackwards { get; set; }

    /// <summary>
    /// Whether the states after a batch are those before the next, sample by sample, until <see cref="Model.ResetStates"/>; all batches have as
    /// many samples then. <see cref="Model.CreateStream"/> keeps states of its own. Default: false.
    /// </summary>
    public bool Stateful { get; set; }

    /// <summary>Whether outputs of masked steps are 0; else they repeat the output before them. Default: false.</summary>
    public bool ZeroOutputForMask { get; set; }

    /// <summary>
    /// Nodes that give the states before the first step, in the order of the states: <c>[nameof(H), nameof(C)]</c>. Default: none, which
    /// means zeros.
    /// </summary>
    public string[]? InitialState { get; set; }
}
