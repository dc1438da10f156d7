namespace CompiledNets;

/// <summary>One step of an <see cref="LSTMAttribute"/>, for an <see cref="RNNAttribute"/>.</summary>
/// <param name="units">Size of the output; positive.</param>
/// <param name="activation">The activation: a name of <see cref="CompiledNets.Activation"/>; null for none. Default: tanh.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property, AllowMultiple = true, Inherited = false)]
public sealed class LSTMCellAttribute(int units, string? activation = CompiledNets.Activation.Tanh)
    : RecurrentCellAttribute(units, activation)
{
    /// <summary>The activation of the gates: a name of <see cref="CompiledNets.Activation"/>. Default: sigmoid.</summary>
    public string RecurrentActivation { get; set; } = CompiledNets.Activation.Sigmoid;

    /// <summary>Whether the bias of the gate f starts at 1, so that the first steps of training forget little. Default: true.</summary>
    public bool UnitForgetBias { get; set; } = true;
}
