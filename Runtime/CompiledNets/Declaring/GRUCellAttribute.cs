namespace CompiledNets;

/// <summary>One step of a <see cref="GRUAttribute"/>, for an <see cref="RNNAttribute"/>.</summary>
/// <param name="units">Size of the output; positive.</param>
/// <param name="activation">The activation: a name of <see cref="CompiledNets.Activation"/>; null for none. Default: tanh.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property, AllowMultiple = true, Inherited = false)]
public sealed class GRUCellAttribute(int units, string? activation = CompiledNets.Activation.Tanh)
    : RecurrentCellAttribute(units, activation)
{
    /// <summary>The activation of the gates: a name of <see cref="CompiledNets.Activation"/>. Default: sigmoid.</summary>
    public string RecurrentActivation { get; set; } = CompiledNets.Activation.Sigmoid;

    /// <summary>
    /// Whether r is applied after the product with the recurrent kernel; the bias is (2, 3 * units) then. Default: true.
    /// </summary>
    public bool ResetAfter { get; set; } = true;
}
