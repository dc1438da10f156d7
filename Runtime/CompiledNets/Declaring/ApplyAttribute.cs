namespace CompiledNets;

/// <summary>
/// Puts another network in, weights and all: its layers become layers of this one, named after it: <c>encoder/dense</c>. Every application
/// has weights of its own; <see cref="SharedAttribute"/> applies one again. At the head of a node's chain the network takes the nodes that
/// are named, in the order of its inputs; further down it takes the chain's value first.
/// </summary>
/// <remarks>
/// What takes a network with several outputs takes the first; <see cref="FromAttribute.Output"/> takes another. The network may come from a
/// referenced assembly.
/// </remarks>
/// <typeparam name="TNetwork">The network.</typeparam>
/// <param name="nodes">Names of the nodes that it takes; none on a class.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property, AllowMultiple = true, Inherited = false)]
public sealed class ApplyAttribute<TNetwork>(params string[] nodes) : NetworkPartAttribute
{
    /// <summary>Names of the nodes that it takes.</summary>
    public string[] Nodes { get; } = nodes;

    /// <summary>
    /// Its name in this network; null for that of its class: <c>encoder</c>, <c>encoder_1</c>, ... It must not contain '/'.
    /// </summary>
    public string? Name { get; set; }

    /// <summary>Whether the weights of its layers train. Default: true. Can be changed on the model.</summary>
    public bool Trainable { get; set; } = true;
}
