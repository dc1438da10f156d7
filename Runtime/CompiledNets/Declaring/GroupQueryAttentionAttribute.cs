namespace CompiledNets;

/// <summary>
/// Attention of several heads, of which some share a key and a value (Ainslie et al. 2023): softmax(q k / √headDim) v for each head of the
/// query. Query (rows, features), value and key (other rows, their features); output (rows, features).
/// </summary>
/// <param name="headDim">Features of a head; positive.</param>
/// <param name="numQueryHeads">Heads of the query; a multiple of the others.</param>
/// <param name="numKeyValueHeads">Heads of key and value; positive.</param>
/// <param name="nodes">Names of the nodes: query, value and key, as far as they are not the chain's value.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property, AllowMultiple = true, Inherited = false)]
public sealed class GroupQueryAttentionAttribute(int headDim, int numQueryHeads, int numKeyValueHeads, params string[] nodes)
    : HeadsAttribute(nodes)
{
    /// <summary>Features of a head; positive.</summary>
    public int HeadDim { get; } = headDim;

    /// <summary>Heads of the query; a multiple of <see cref="NumKeyValueHeads"/>.</summary>
    public int NumQueryHeads { get; } = numQueryHeads;

    /// <summary>Heads of key and value; positive.</summary>
    public int NumKeyValueHeads { get; } = numKeyValueHeads;

    /// <summary>
    /// Name of a node with a mask over the rows of the query: a row for which it is 0 attends to nothing. Default: none.
    /// </summary>
    public string? QueryMask { get; set; }
}
