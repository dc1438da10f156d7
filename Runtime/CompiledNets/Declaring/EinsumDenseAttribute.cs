namespace CompiledNets;

/// <summary>
/// A dense layer over any axes: activation(einsum(equation, x, kernel) + bias). <c>EinsumDense("abc,cd->abd", -1, 64, BiasAxes = "d")</c>
/// is a dense layer of 64 units at each place; <c>"abc,cde->abde"</c> gives it heads. Weights: kernel (the axes between comma and arrow),
/// bias (those from the first of the bias's axes on).
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
public sealed class EinsumDenseAttribute(string equation, params int[] outputShape) : KernelAttribute
{
    /// <summary>The equation.</summary>
    public string Equation { get; } = equation;

    /// <summary>Sizes of the output's axes, without the batch and an ellipsis; -1 for what the input tells.</summary>
    public int[] OutputShape { get; } = outputShape;

    /// <summary>The activation: a name of <see cref="CompiledNets.Activation"/>. Default: none.</summary>
    public string? Activation { get; set; }

    /// <summary>Letters of the output's axes along which the bias has numbers of its own: <c>"de"</c>. Default: no bias.</summary>
    public string? BiasAxes { get; set; }
}
