namespace CompiledNets;

/// <summary>Begins the chain of a node with the value of another: <c>[From(nameof(Street)), Dense(8)]</c>.</summary>
/// <param name="node">Name of the node.</param>
[AttributeUsage(AttributeTargets.Property, Inherited = false)]
public sealed class FromAttribute(string node) : NetworkPartAttribute
{
    /// <summary>Name of the node.</summary>
    public string Node { get; } = node;
}
