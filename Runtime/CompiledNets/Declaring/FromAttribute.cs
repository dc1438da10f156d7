namespace CompiledNets;

/// <summary>Begins the chain of a node with the value of another: <c>[From(nameof(Street)), Dense(8)]</c>.</summary>
/// <param name="node">Name of the node.</param>
[AttributeUsage(AttributeTargets.Property, Inherited = false)]
public sealed class FromAttribute(string node) : NetworkPartAttribute
{
    /// <summary>Name of the node.</summary>
    public string Node { get; } = node;

    /// <summary>Name of the output that is taken, where the node ends in a network with several; null for the first.</summary>
    public string? Output { get; set; }
}
