namespace CompiledNets;

/// <summary>
/// Additive attention (Bahdanau): each row of the query gets the mean of the value's rows, weighted by the softmax of its scores Σ scale *
/// tanh(q + k) with the key's rows. Query (..., rows, features), value (..., other rows, its features), key (..., other rows, features);
/// output (..., rows, the value's features). Weights: scale (features).
/// </summary>
/// <remarks>
/// At the head of a node's chain it takes the nodes that it names, in the order query, value, key; further down the chain's value is the
/// query. Without a key the value is it too, and without a value the query attends to itself.
/// </remarks>
/// <param name="nodes">Names of the nodes.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property, AllowMultiple = true, Inherited = false)]
public sealed class AdditiveAttentionAttribute(params string[] nodes) : MergeAttribute(nodes)
{
    /// <summary>Whether each feature has a scale that is trained; without it all are 1. Default: true.</summary>
    public bool UseScale { get; set; } = true;

    /// <summary>The share of the weights that training drops, from 0 to 1. Default: 0.</summary>
    public double Dropout { get; set; }

    /// <summary>Whether a row of the query attends to rows of the value up to its own place alone. Default: false.</summary>
    public bool UseCausalMask { get; set; }

    /// <summary>
    /// Whether the weights are a second output, (rows of the query, rows of the value), which <c>[From(nameof(Node), Output =
    /// "AttentionScores")]</c> takes. Default: false.
    /// </summary>
    public bool ReturnAttentionScores { get; set; }

    /// <summary>
    /// Name of a node with a mask over the rows of the query: where it is 0 the output is 0. Default: none.
    /// </summary>
    public string? QueryMask { get; set; }

    /// <summary>
    /// Name of a node with a mask over the rows of the value and the key, not 0 where a row counts. Default: none.
    /// </summary>
    public string? ValueMask { get; set; }
}
