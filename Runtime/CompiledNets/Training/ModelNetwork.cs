using System.Globalization;
using CompiledNets.Execution;

namespace CompiledNets;

/// <summary>
/// A network in a network: what <c>[Apply&lt;Encoder&gt;]</c> puts in. The compiler derives a class for each, which names its layers.
/// </summary>
public abstract class ModelNetwork
{
    private readonly Model model;
    private readonly NestedDescription description;

    /// <summary>Makes the handle of a network in a network.</summary>
    /// <param name="model">The outermost network.</param>
    /// <param name="index">Which of those in it, from 0.</param>
    [System.ComponentModel.EditorBrowsable(System.ComponentModel.EditorBrowsableState.Never)]
    protected ModelNetwork(Model model, int index)
    {
        ArgumentNullException.ThrowIfNull(model);
        this.model = model;
        description = model.Description.Networks[index];
    }

    /// <summary>Its name, those of the networks around it before it: <c>encoder</c>, <c>encoder/inner</c>.</summary>
    public string Name => description.Name;

    /// <summary>The layers, in order, those of networks in it included.</summary>
    public IReadOnlyList<ModelLayer> Layers => new ArraySegment<ModelLayer>([.. model.Layers], description.First, description.Count);

    /// <summary>All weights, layer by layer, in Keras's order.</summary>
    public IReadOnlyList<ModelWeight> Weights => [.. Layers.SelectMany(layer => layer.Weights)];

    /// <summary>
    /// Whether training changes weights of any of its layers. Setting it sets <see cref="ModelLayer.Trainable"/> of all of them. A change
    /// counts from the next step on.
    /// </summary>
    public bool Trainable
    {
        get => Layers.Any(layer => layer.Trainable);
        set
        {
            foreach (ModelLayer layer in Layers) layer.Trainable = value;
        }
    }

    /// <summary>Takes over the weights of a network, which was trained by itself, say. Optimizers keep their state.</summary>
    /// <param name="source">The network that has the weights; it stays as it is.</param>
    /// <param name="match">Which layers belong together.</param>
    /// <param name="skipMismatch">
    /// False, as in Keras, to throw where a weight here finds none that fits, and change nothing; true to take over those that fit.
    /// </param>
    /// <returns>What was taken over, and what did not fit.</returns>
    /// <exception cref="ArgumentException">A weight found none that fits; the message has each of them with the reason.</exception>
    /// <exception cref="InvalidOperationException">Another thread trains one of the two.</exception>
    public WeightReport CopyWeightsFrom(Model source, LayerMatch match = LayerMatch.Name, bool skipMismatch = false)
    {
        ArgumentNullException.ThrowIfNull(source);
        return WeightTransfer.Run(LayerSet.Of(this), LayerSet.Of(source), match, skipMismatch);
    }

    /// <summary>Takes over the weights of a network in another network, or in the same one. Optimizers keep their state.</summary>
    /// <inheritdoc cref="CopyWeightsFrom(Model, LayerMatch, bool)"/>
    public WeightReport CopyWeightsFrom(ModelNetwork source, LayerMatch match = LayerMatch.Name, bool skipMismatch = false)
    {
        ArgumentNullException.ThrowIfNull(source);
        return WeightTransfer.Run(LayerSet.Of(this), LayerSet.Of(source), match, skipMismatch);
    }

    /// <summary>The outermost network.</summary>
    internal Model Model => model;

    /// <summary>Name, class and size: <c>encoder: Encoder, 2 layers, 350 parameters</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Name}: {description.Type}, {description.Count} layers, {Layers.Sum(layer => layer.ParameterCount)} " +
            $"parameters{(Trainable ? "" : ", frozen")}");
}
