namespace CompiledNets;

/// <summary>
/// The network returns the value of this node. Stands last; any node may be an output, read by others or not. Outputs are in the order of
/// the source.
/// </summary>
[AttributeUsage(AttributeTargets.Property, Inherited = false)]
public sealed class OutputAttribute : NetworkPartAttribute
{
    /// <summary>
    /// The output's name in the history and in dictionaries; null for that of the node in snake case: <c>IsSold</c> is <c>is_sold</c>.
    /// </summary>
    public string? Name { get; set; }
}
