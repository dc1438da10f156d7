namespace CompiledNets;

/// <summary>The shape of one sample, without the batch. Stands first in a network.</summary>
/// <param name="shape">Sizes of the axes, all positive: <c>[Input(34)]</c>, <c>[Input(28, 28, 1)]</c>.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property, AllowMultiple = true, Inherited = false)]
public sealed class InputAttribute(params int[] shape) : LayerAttribute
{
    /// <summary>Sizes of the axes, all positive: <c>[Input(34)]</c>, <c>[Input(28, 28, 1)]</c>.</summary>
    public int[] Shape { get; } = shape;

    /// <summary>
    /// Whether the network, where another applies it, takes values of any size with as many axes and the same number of channels, the last
    /// axis. Weights must not depend on the other axes, as those of a dense layer after a <see cref="FlattenAttribute"/> do. Default:
    /// false.
    /// </summary>
    public bool AnySize { get; set; }
}
