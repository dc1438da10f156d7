namespace CompiledNets;

/// <summary>What all layer attributes share.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property, AllowMultiple = true, Inherited = false)]
public abstract class LayerAttribute : NetworkPartAttribute
{
    private protected LayerAttribute()
    {
    }

    /// <summary>
    /// The layer's name; null for the one Keras would give: <c>dense</c>, <c>dense_1</c>, ... It must not contain '/'. An input's is that
    /// of its node in snake case.
    /// </summary>
    public string? Name { get; set; }

    /// <summary>Whether the layer's weights train. Default: true. Can be changed on the model.</summary>
    public bool Trainable { get; set; } = true;

    /// <summary>
    /// A regularizer of the layer's outputs: a name of <see cref="Regularizer"/> for the penalty on each number, with its default factor.
    /// Its sum over a sample is added to the loss, averaged over the samples. Default: none.
    /// </summary>
    public string? ActivityRegularizer { get; set; }

    /// <summary>The factor of a penalty on absolute values of the outputs; not negative. Default: 0.</summary>
    public double ActivityL1 { get; set; }

    /// <summary>The factor of a penalty on squares of the outputs; not negative. Default: 0.</summary>
    public double ActivityL2 { get; set; }
}
