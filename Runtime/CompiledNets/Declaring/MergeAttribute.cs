namespace CompiledNets;

/// <summary>
/// What all merges share: they join nodes. At the head of a chain a merge joins the nodes it names; further down it joins the value of the
/// chain with them.
/// </summary>
/// <param name="nodes">Names of the nodes.</param>
[AttributeUsage(AttributeTargets.Property, AllowMultiple = true, Inherited = false)]
public abstract class MergeAttribute(string[] nodes) : LayerAttribute
{
    /// <summary>Names of the nodes that are joined.</summary>
    public string[] Nodes { get; } = nodes;
}
