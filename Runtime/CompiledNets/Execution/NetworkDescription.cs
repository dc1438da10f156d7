using System.ComponentModel;

namespace CompiledNets.Execution;

/// <summary>What the generator tells the runtime about a network: names, shapes and sizes.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record NetworkDescription
{
    /// <summary>The network's name.</summary>
    public required string Name { get; init; }

    /// <summary>The inputs, in the order of their declaration.</summary>
    public required PortDescription[] Inputs { get; init; }

    /// <summary>The outputs, in the order of their declaration.</summary>
    public required PortDescription[] Outputs { get; init; }

    /// <summary>The nodes of a graph, in the order of their declaration; none in a chain.</summary>
    public PortDescription[] Nodes { get; init; } = [];

    /// <summary>Floats of the parameter arena, padding between groups included.</summary>
    public int ParameterSize { get; init; }

    /// <summary>The layers, in order.</summary>
    public LayerDescription[] Layers { get; init; } = [];

    /// <summary>The networks in it, each after the one it lies in.</summary>
    public NestedDescription[] Networks { get; init; } = [];

    /// <summary>All weights, in Keras's order.</summary>
    public WeightDescription[] Weights { get; init; } = [];

    /// <summary>The trainable weights as the gradient pass works on them.</summary>
    public ParameterGroup[] Groups { get; init; } = [];

    /// <summary>What layers keep from batch to batch.</summary>
    public StateDescription[] States { get; init; } = [];

    /// <summary>What is applied to what; null for a chain of layers, each of which takes what the one before it gives.</summary>
    public GraphDescription? Graph { get; init; }

    /// <summary>What a network is, for pictures of it: <see cref="Graph"/> is always there.</summary>
    /// <param name="model">The network.</param>
    public static NetworkDescription Of(Model model)
    {
        ArgumentNullException.ThrowIfNull(model);
        NetworkDescription own = model.Description;
        return own with { Graph = own.Graph ?? GraphDescription.OfChain(own.Inputs, own.Layers) };
    }

    /// <summary>Stands in for a network with mistakes, which cannot be run.</summary>
    public static NetworkDescription Incomplete(string name) =>
        new() { Name = name, Inputs = [new("input", [1])], Outputs = [new("output", [1])] };
}

/// <summary>An input or an output of a network.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Shape">Shape of a sample.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record PortDescription(string Name, int[] Shape)
{
    /// <summary>The activation that an output ends in.</summary>
    public OutputActivation Activation { get; init; }

    /// <summary>
    /// The layers that an output depends on, as runs: the first and the last number of one, the first and the last of the next, ...; null
    /// for all.
    /// </summary>
    public int[]? Layers { get; init; }

    /// <summary>Of an input of indices, the rows of the table that they look up: they are whole and smaller. 0 for any numbers.</summary>
    public int Limit { get; init; }

    /// <summary>The layer that has the table.</summary>
    public string LimitedBy { get; init; } = "";

    /// <summary>Numbers of a sample.</summary>
    internal int Size { get; } = Shape.Aggregate(1, (size, axis) => size * axis);

    /// <summary>Whether an output depends on a layer.</summary>
    internal bool DependsOn(int layer)
    {
        for (int i = 0; i < (Layers?.Length ?? 0); i += 2)
            if (layer >= Layers![i] && layer <= Layers[i + 1]) return true;
        return Layers is null;
    }

    /// <summary>Classes of an output: the size of its last axis.</summary>
    internal int Classes => Shape is [.., int last] ? last : 1;

    /// <summary>Lengths of a tensor of many samples.</summary>
    internal nint[] LengthsOf(int samples) => [samples, .. Shape.Select(axis => (nint)axis)];
}

/// <summary>One layer of a network.</summary>
/// <param name="Name">Its name, as Keras gives it: <c>dense_1</c>.</param>
/// <param name="Type">Its Keras class: <c>Dense</c>.</param>
/// <param name="OutputShape">Shape of its output for one sample.</param>
/// <param name="Parameters">How many numbers its weights have.</param>
/// <param name="Trainable">Whether its weights train unless that is changed.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record LayerDescription(string Name, string Type, int[] OutputShape, int Parameters, bool Trainable = true)
{
    /// <summary>Keras's name of the activation that it ends in; null for a layer that takes none.</summary>
    public string? Activation { get; init; }

    /// <summary>The arguments of its attribute as JSON: <c>{"Units":10}</c>. A layer that it wraps is <c>Layer</c>, with its own.</summary>
    public string Options { get; init; } = "{}";
}

/// <summary>What a layer keeps from batch to batch, for each sample.</summary>
/// <param name="Layer">Index of the layer.</param>
/// <param name="Name">What it is called: <c>h</c>.</param>
/// <param name="Shape">Shape of one sample's.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record StateDescription(int Layer, string Name, int[] Shape)
{
    /// <summary>Numbers of one sample's.</summary>
    internal int Size { get; } = Shape.Aggregate(1, (size, axis) => size * axis);
}

/// <summary>A network in a network.</summary>
/// <param name="Name">Its name, those of the networks around it before it: <c>encoder/inner</c>.</param>
/// <param name="Type">Name of its class.</param>
/// <param name="First">Index of its first layer.</param>
/// <param name="Count">How many layers it has, those of networks in it included.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record NestedDescription(string Name, string Type, int First, int Count)
{
    /// <summary>What is applied in it to what; null in networks that an older compiler wrote.</summary>
    public GraphDescription? Graph { get; init; }
}

/// <summary>One weight of a network.</summary>
/// <param name="Layer">Index of its layer.</param>
/// <param name="Name">Its Keras name: <c>kernel</c>.</param>
/// <param name="Shape">Its shape, in Keras's order.</param>
/// <param name="Offset">Where it starts in the parameter arena, in floats.</param>
/// <param name="Initializer">A Keras name such as <c>he_normal</c>; empty where <paramref name="Custom"/> gives the initializer.</param>
/// <param name="Trainable">False for weights that no gradient changes, such as moving averages.</param>
/// <param name="Custom">Gives the initializer that a member of the network's class names.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record WeightDescription(int Layer, string Name, int[] Shape, int Offset, string Initializer, bool Trainable = true,
    Func<Initializer>? Custom = null)
{
    /// <summary>
    /// Inputs and outputs of a unit, by which initializers scale the variance; null for those that its shape tells.
    /// </summary>
    public int[]? Fans { get; init; }

    /// <summary>Gives its regularizer; null for none.</summary>
    public Func<Regularizer>? Regularizer { get; init; }

    /// <summary>Gives its constraint; null for none.</summary>
    public Func<Constraint>? Constraint { get; init; }
}

/// <summary>
/// A run of parameters whose gradient is computed row by row: a kernel with its bias as one more row, say. Groups start at multiples of 16
/// floats.
/// </summary>
/// <param name="Layer">Index of the layer.</param>
/// <param name="Offset">Where it starts in the parameter arena, in floats.</param>
/// <param name="Rows">Rows.</param>
/// <param name="Columns">Floats a row.</param>
/// <param name="RowStep">Ranges of rows begin and end at multiples of it, or at the end of the kernel or the group.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record ParameterGroup(int Layer, int Offset, int Rows, int Columns, int RowStep = 1)
{
    /// <summary>
    /// A table whose rows are looked up: <see cref="NetworkProgram.Gradient"/> writes beside the gradient, to its room for more, the sum
    /// of the squares of what it is made of. As in Keras, whose gradients of tables keep the contributions of places apart, optimizers
    /// that take squares take those.
    /// </summary>
    public bool SumsSquares { get; init; }
}

/// <summary>The activation a network ends in, as far as a loss can do without it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public enum OutputActivation
{
    /// <summary>Another one, or none.</summary>
    Other,

    /// <summary>Sigmoid: binary crossentropy works on its logits.</summary>
    Sigmoid,

    /// <summary>Softmax over the last axis: categorical crossentropy works on its logits.</summary>
    Softmax,
}
