namespace CompiledNets;

/// <summary>
/// Applies the layers of another node's chain once more, with the same weights, to the value of this one: <c>[From(nameof(Right)),
/// Shared(nameof(Left))]</c>. What the other chain begins with is left out.
/// </summary>
/// <param name="node">Name of the node whose layers are applied.</param>
[AttributeUsage(AttributeTargets.Property, AllowMultiple = true, Inherited = false)]
public sealed class SharedAttribute(string node) : NetworkPartAttribute
{
    /// <summary>Name of the node whose layers are applied.</summary>
    public string Node { get; } = node;
}
