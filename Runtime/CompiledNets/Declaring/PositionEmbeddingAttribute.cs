namespace CompiledNets;

/// <summary>
/// For each row of its input (..., rows, features) the vector of that place, which is trained: a transformer adds it to its tokens,
/// <c>[From(nameof(Tokens)), PositionEmbedding(64), Add(nameof(Tokens))]</c>. As keras_hub has it. Weights: embeddings (places, features).
/// </summary>
/// <param name="sequenceLength">Places that have a vector; at least as many as there are rows.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property, AllowMultiple = true, Inherited = false)]
public sealed class PositionEmbeddingAttribute(int sequenceLength) : LayerAttribute
{
    /// <summary>Places that have a vector; at least as many as there are rows.</summary>
    public int SequenceLength { get; } = sequenceLength;

    /// <summary>
    /// The initializer of the vectors: a name of <see cref="CompiledNets.Initializer"/>, or <c>nameof</c> a static member of the network's
    /// class that gives one. Default: glorot_uniform.
    /// </summary>
    public string Initializer { get; set; } = CompiledNets.Initializer.GlorotUniform;
}
