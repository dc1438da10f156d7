namespace CompiledNets;

public abstract partial class Model
{
    /// <summary>
    /// Takes over weights of a network of another class, layer by layer. Optimizers keep their state. Between networks of one class
    /// <see cref="CopyWeightsFrom(Model)"/> takes over all.
    /// </summary>
    /// <inheritdoc cref="ModelNetwork.CopyWeightsFrom(Model, LayerMatch, bool)"/>
    public WeightReport CopyWeightsFrom(Model source, LayerMatch match, bool skipMismatch = false)
    {
        ArgumentNullException.ThrowIfNull(source);
        return WeightTransfer.Run(LayerSet.Of(this), LayerSet.Of(source), match, skipMismatch);
    }

    /// <summary>Takes over the weights of a network in another network. Optimizers keep their state.</summary>
    /// <inheritdoc cref="ModelNetwork.CopyWeightsFrom(Model, LayerMatch, bool)"/>
    public WeightReport CopyWeightsFrom(ModelNetwork source, LayerMatch match = LayerMatch.Name, bool skipMismatch = false)
    {
        ArgumentNullException.ThrowIfNull(source);
        return WeightTransfer.Run(LayerSet.Of(this), LayerSet.Of(source), match, skipMismatch);
    }
}
