namespace CompiledNets;

/// <summary>
/// A gated recurrent unit: z, r, g = x · kernel + bias, side by side, and h · recurrent_kernel; h' = z h + (1 - z) activation(g), where r
/// is applied to the state's part of g. Its state is h.
/// </summary>
/// <param name="units">Size of the output of a step; positive.</param>
/// <param name="activation">The activation: a name of <see cref="CompiledNets.Activation"/>; null for none. Default: tanh.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property, AllowMultiple = true, Inherited = false)]
public sealed class GRUAttribute(int units, string? activation = CompiledNets.Activation.Tanh) : RecurrentAttribute(units, activation)
{
    /// <summary>The activation of the gates: a name of <see cref="CompiledNets.Activation"/>. Default: sigmoid.</summary>
    public string RecurrentActivation { get; set; } = CompiledNets.Activation.Sigmoid;

    /// <summary>
    /// Whether r is applied after the product with the recurrent kernel, as cuDNN does; the bias is (2, 3 * units) then, a row for the
    /// input and one for the state. Default: true.
    /// </summary>
    public bool ResetAfter { get; set; } = true;
}
