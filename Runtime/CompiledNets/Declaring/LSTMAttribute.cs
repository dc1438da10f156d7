namespace CompiledNets;

/// <summary>
/// Long short-term memory: i, f, g, o = x · kernel + bias + h · recurrent_kernel, side by side; c' = σ(f) c + σ(i) activation(g) and
/// h' = σ(o) activation(c'), σ being the recurrent activation. Its states are h, the output, and c.
/// </summary>
/// <param name="units">Size of the output of a step; positive.</param>
/// <param name="activation">The activation: a name of <see cref="CompiledNets.Activation"/>; null for none. Default: tanh.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property, AllowMultiple = true, Inherited = false)]
public sealed class LSTMAttribute(int units, string? activation = CompiledNets.Activation.Tanh) : RecurrentAttribute(units, activation)
{
    /// <summary>The activation of the gates: a name of <see cref="CompiledNets.Activation"/>. Default: sigmoid.</summary>
    public string RecurrentActivation { get; set; } = CompiledNets.Activation.Sigmoid;

    /// <summary>Whether the bias of the gate f starts at 1, so that the first steps of training forget little. Default: true.</summary>
    public bool UnitForgetBias { get; set; } = true;
}
