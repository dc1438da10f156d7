namespace CompiledNets;

/// <summary>
/// A dense layer over any axes: activation(einsum(equation, x, kernel) + bias). <c>EinsumDense("abc,cd->abd", -1, 64, BiasAxes = "d")</c> is a
/// dense layer of 64 units at each place; <c>"abc,cde->abde"</c> gives it heads. Weights: kernel (the axes between comma and arrow), bias
/// (those from the first of the bias's axes on).
/// </summary>
/// <remarks>
/// The first letter of the input and of the output is the batch. Axes may be left out on one side: <c>"...c,cd->...d"</c>,
/// <c>"abc...,bd->adc..."</c>. Axes of the input that neither kernel nor output has are summed.
/// </remarks>
/// <param name="equation">The equation.</param>
/// <param name="outputShape">
/// Sizes of the output's axes, without the batch and an ellipsis; -1 for what the input tells.
/// </param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property, AllowMultiple = true, Inherited = false)]
public sealed class EinsumDenseAttribute(string equation, params int[] outputShape) : LayerAttribute
{
    /// <summary>The equation.</summary>
    public string Equation { get; } = equation;

    /// <summary>Sizes of the output's axes, without the batch and an ellipsis; -1 for what the input tells.</summary>
    public int[] OutputShape { get; } = outputShape;

    /// <summary>The activation: a name of <see cref="CompiledNets.Activation"/>. Default: none.</summary>
    public string? Activation { get; set; }

    /// <summary>Letters of the output's axes along which the bias has numbers of its own: <c>"de"</c>. Default: no bias.</summary>
    public string? BiasAxes { get; set; }

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
    /// The bias's regularizer: a name of <see cref="Regularizer"/>, or <c>nameof</c> a static member of the network's class that gives
    /// one. Default: none.
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
