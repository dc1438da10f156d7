using CompiledNets.Keras.Architecture;
using CompiledNets.Keras.Graphs;
using CompiledNets.Keras.Hdf5;
using CompiledNets.Keras.Layers;

namespace CompiledNets.Keras.Files;

/// <summary>A layer or a network as a file has it, the layer of the class that it belongs to, and its numbers.</summary>
internal sealed class FileLayer
{
    private FileLayer(string name, string className, IReadOnlyList<WrappedLayer> wrapped, IReadOnlyList<FileLayer> members)
    {
        Name = name;
        ClassName = className;
        Wrapped = wrapped;
        Members = members;
    }

    /// <summary>Its name in the network around it.</summary>
    public string Name { get; }

    /// <summary>Its Keras class.</summary>
    public string ClassName { get; }

    /// <summary>What it wraps.</summary>
    public IReadOnlyList<WrappedLayer> Wrapped { get; }

    /// <summary>What is in a network; none for a layer.</summary>
    public IReadOnlyList<FileLayer> Members { get; }

    /// <summary>The layer as it is read from the config.</summary>
    public GraphLayer? Graph { get; private init; }

    /// <summary>The layer of the class; null where there is none.</summary>
    public ModelLayer? Target { get; set; }

    /// <summary>Its weights in the order of the class's; what the file has where there is none.</summary>
    public IReadOnlyList<H5Node> Arrays { get; set; } = [];

    /// <summary>The layers of it and of networks in it, in order.</summary>
    public IEnumerable<FileLayer> Leaves => Members.Count == 0 ? [this] : Members.SelectMany(member => member.Leaves);

    /// <summary>A network of a config.</summary>
    public static FileLayer Of(GraphPart network) => Of("", network);

    /// <summary>The network that a class declares, where a file has no architecture.</summary>
    public static FileLayer Of(Model model) => Of(model.Name, "Functional", SavedNetwork.Of(model));

    private static FileLayer Of(string name, string className, SavedNetwork network) =>
        new(name, className, [], [.. network.Members.Select(member => member.Network is { } inner
        ? Of(member.Name, member.ClassName, inner)
        : new(member.Name, member.ClassName, member.Wrapped, []) { Target = member.Layer })]);

    // An activation that is a layer has no place of its own in the file.
    private static IEnumerable<FileLayer> WithActivation(PartMember member)
    {
        yield return Of(member.Name, member.Part);
        if (member.Part is LayerPart { Activation: { } activation }) yield return Of($"{member.Name}/{activation.ClassName}", activation);
    }

    private static FileLayer Of(string name, GraphPart? part) => part switch
    {
        null => new(name, "InputLayer", [], []),
        LayerPart layer => OfLayer(name, layer),
        _ => new(name, part.ClassName == "Sequential" ? "Sequential" : "Functional", [],
            [.. part.Members.SelectMany(WithActivation)]),
    };

    private static FileLayer OfLayer(string name, LayerPart layer) =>
        new(name, LayerSources.ClassOf(layer.ClassName), WrappedLayer.Of(layer.Layer.Config), []) { Graph = layer.Layer };
}
