namespace CompiledNets;

/// <summary>
/// A fully connected layer: activation(x · kernel + bias) on the last axis, for input of any rank. Weights: kernel (inputs, units), bias
/// (units).
/// </summary>
/// <param name="units">Size of the last axis of the output; positive.</param>
/// <param name="activation">The activation: a name of <see cref="CompiledNets.Activation"/>. Default: none.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property, AllowMultiple = true, Inherited = false)]
public sealed class DenseAttribute(int units, string? activation = null) : KernelAttribute
{
    /// <summary>Size of the last axis of the output; positive.</summary>
    public int Units { get; } = units;

    /// <summary>The activation: a name of <see cref="CompiledNets.Activation"/>. Default: none.</summary>
    public string? Activation { get; set; } = activation;

    /// <summary>Whether a bias is added. Default: true.</summary>
    public bool UseBias { get; set; } = true;
}
