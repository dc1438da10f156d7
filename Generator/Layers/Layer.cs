using CompiledNets.Generator.Ops;
using CompiledNets.Generator.Passes;

namespace CompiledNets.Generator.Layers;

/// <summary>
/// A layer as users say it: its options with defaults filled in, its shape rule, its Keras weights and its lowering to ops. It knows nothing of gradients, SIMD or C#.
/// </summary>
internal abstract record Layer
{
    /// <summary>Its place among the attributes of the chain, <c>[Input]</c> being 0.</summary>
    public required int Index { get; init; }

    /// <summary>Its name, given or made as Keras makes it: <c>dense_1</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Its Keras class: <c>Dense</c>.</summary>
    public abstract string Type { get; }

    /// <summary>Whether its weights train unless the user changes that.</summary>
    public bool Trainable { get; init; } = true;

    /// <summary>Shape of the output for an input of this shape; null, and a finding, where the layer cannot take it.</summary>
    public abstract Shape? InferShape(Shape input, ShapeContext context);

    /// <summary>The weights, in Keras's order: trainable ones first.</summary>
    public virtual IEnumerable<Weight> Weights(Shape input) => [];

    /// <summary>The layer in ops.</summary>
    public abstract Value Lower(Lowering lowering, Value input);
}

/// <summary>A weight that a layer asks for.</summary>
/// <param name="Name">Its Keras name: <c>kernel</c>.</param>
/// <param name="Shape">Its shape.</param>
/// <param name="Initializer">A Keras name, or the name of a member of the network's class.</param>
/// <param name="Trainable">False for moving averages and the like.</param>
internal sealed record Weight(string Name, Shape Shape, string Initializer, bool Trainable = true);
