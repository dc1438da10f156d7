namespace CompiledNets;

/// <summary>
/// Attention of several heads: what <see cref="MultiHeadAttentionAttribute"/> and <see cref="GroupQueryAttentionAttribute"/> share.
/// Weights, in Keras's order: query/kernel (features, heads, features of a head), query/bias, key/kernel, key/bias, with a gate
/// gate/kernel and gate/bias, value/kernel, value/bias, attention_output/kernel (heads, features of a head, output),
/// attention_output/bias.
/// </summary>
/// <remarks>
/// At the head of a node's chain it takes the nodes that it names, in the order query, value, key; further down the chain's value is the
/// query. Without a key the value is it too, and without a value the query attends to itself.
/// </remarks>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property, AllowMultiple = true, Inherited = false)]
public abstract class HeadsAttribute : MergeAttribute
{
    private protected HeadsAttribute(string[] nodes)
        : base(nodes)
    {
    }

    /// <summary>The share of the weights that training drops, from 0 to 1. Default: 0.</summary>
    public double Dropout { get; set; }

    /// <summary>Whether projections have biases. Default: true.</summary>
    public bool UseBias { get; set; } = true;

    /// <summary>Whether what the heads find is multiplied by a sigmoid of the query. Default: false.</summary>
    public bool UseGate { get; set; }

    /// <summary>
    /// How many places count, from that of the query on to either side, its own among them; 0 for all. Default: 0.
    /// </summary>
    public int SlidingWindow { get; set; }

    /// <summary>Whether a row of the query attends to rows of the value up to its own place alone. Default: false.</summary>
    public bool UseCausalMask { get; set; }

    /// <summary>
    /// Whether the weights are a second output, (heads, rows of the query, rows of the value), which <c>[From(nameof(Node), Output =
    /// "AttentionScores")]</c> takes. Default: false.
    /// </summary>
    public bool ReturnAttentionScores { get; set; }

    /// <summary>
    /// Name of a node with a mask over the rows of the value, not 0 where a row counts. Default: none.
    /// </summary>
    public string? ValueMask { get; set; }

    /// <summary>
    /// Name of a node with a mask over the rows of the key, not 0 where a row counts. Default: none.
    /// </summary>
    public string? KeyMask { get; set; }

    /// <summary>
    /// Name of a node with a mask over pairs of rows, (rows of the query, rows of the value) or with the axes of heads before them: not 0
    /// where the one may attend to the other. An axis of one element is for all. Default: none.
    /// </summary>
    public string? AttentionMask { get; set; }

    /// <summary>
    /// The kernels' initializer: a name of <see cref="Initializer"/>, or <c>nameof</c> a static member of the network's class that gives
    /// one. Default: glorot_uniform.
    /// </summary>
    public string KernelInitializer { get; set; } = Initializer.GlorotUniform;

    /// <summary>The biases' initializer, as <see cref="KernelInitializer"/>. Default: zeros.</summary>
    public string BiasInitializer { get; set; } = Initializer.Zeros;

    /// <summary>
    /// The kernels' regularizer: a name of <see cref="Regularizer"/>, or <c>nameof</c> a static member of the network's class that gives
    /// one. Default: none.
    /// </summary>
    public string? KernelRegularizer { get; set; }

    /// <summary>The factor of a penalty on absolute values of the kernels; not negative. Default: 0.</summary>
    public double KernelL1 { get; set; }

    /// <summary>The factor of a penalty on squares of the kernels; not negative. Default: 0.</summary>
    public double KernelL2 { get; set; }

    /// <summary>
    /// The biases' regularizer: a name of <see cref="Regularizer"/>, or <c>nameof</c> a static member of the network's class that gives
    /// one. Default: none.
    /// </summary>
    public string? BiasRegularizer { get; set; }

    /// <summary>The factor of a penalty on absolute values of the biases; not negative. Default: 0.</summary>
    public double BiasL1 { get; set; }

    /// <summary>The factor of a penalty on squares of the biases; not negative. Default: 0.</summary>
    public double BiasL2 { get; set; }

    /// <summary>
    /// The kernels' constraint: a name of <see cref="Constraint"/>, or <c>nameof</c> a static member of the network's class that gives one.
    /// Default: none.
    /// </summary>
    public string? KernelConstraint { get; set; }

    /// <summary>
    /// The biases' constraint: a name of <see cref="Constraint"/>, or <c>nameof</c> a static member of the network's class that gives one.
    /// Default: none.
    /// </summary>
    public string? BiasConstraint { get; set; }
}
