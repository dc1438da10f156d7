namespace CompiledNets;

/// <summary>
/// Attention of several heads (Vaswani et al. 2017): softmax(q k / √keyDim) v for each, of projections of query (..., features), value and
/// key, and a projection of what they find. Output: the query's rows with its features, or with <see cref="OutputShape"/>.
/// </summary>
/// <param name="numHeads">Heads; positive.</param>
/// <param name="keyDim">Features of a head's queries and keys; positive.</param>
/// <param name="nodes">Names of the nodes: query, value and key, as far as they are not the chain's value.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property, AllowMultiple = true, Inherited = false)]
public sealed class MultiHeadAttentionAttribute(int numHeads, int keyDim, params string[] nodes) : HeadsAttribute(nodes)
{
    /// <summary>Heads; positive.</summary>
    public int NumHeads { get; } = numHeads;

    /// <summary>Features of a head's queries and keys; positive.</summary>
    public int KeyDim { get; } = keyDim;

    /// <summary>Features of a head's values; 0 for <see cref="KeyDim"/>. Default: 0.</summary>
    public int ValueDim { get; set; }

    /// <summary>Shape of an output at a row; none for the features of the query. Default: none.</summary>
    public int[] OutputShape { get; set; } = [];

    /// <summary>
    /// The axes of rows that are attended over, the batch being 0; at each place of the other axes an attention of its own is made. None
    /// for all but the features. Default: none.
    /// </summary>
    public int[] AttentionAxes { get; set; } = [];
}
