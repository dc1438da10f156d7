using CompiledNets.Generator.Layers;
using CompiledNets.Generator.Ops;
using CompiledNets.Generator.Passes;
using static CompiledNets.Generator.Emit.CodeWriter;

namespace CompiledNets.Generator.Emit;

/// <summary>
/// The classes of a network's layers, which name their weights: one for all layers of a type that have the same weights, in the networks
/// in it too, and one for all that have none.
/// </summary>
internal sealed class LayerClasses
{
    private readonly Network network;
    private readonly List<Kind> kinds = [];
    private readonly Kind[] kindOf;

    public LayerClasses(Network network)
    {
        this.network = network;
        kindOf = [.. network.Layers.Select((_, layer) => KindOf(layer))];
    }

    /// <summary>Names the classes: Conv2DLayer, and after it Conv2DLayer2 where others of the type have other weights.</summary>
    /// <param name="taken">Names that are found before them somewhere in the network.</param>
    public void Name(HashSet<string> taken)
    {
        foreach (Kind kind in kinds)
        {
            string wanted = Identifier.Pascal(kind.Type) + "Layer", name = wanted;
            for (int i = 2; !taken.Add(name); i++) name = wanted + Int(i);
            kind.Class = name;
        }
    }

    /// <summary>The class of a layer.</summary>
    public string Of(int layer) => kindOf[layer].Class;

    /// <summary>Writes the classes.</summary>
    public void Write(CodeWriter writer)
    {
        foreach (Kind kind in kinds)
        {
            writer.Line().Summary(kind.Weights.Length == 0 ? "A layer without weights." : $"A {kind.Type} layer with its weights.");
            writer.Generated().Open($"public sealed class {kind.Class} : global::CompiledNets.ModelLayer");
            writer.Line($"internal {kind.Class}(global::CompiledNets.Model model, int index) : base(model, index)").Line("{").Line("}");
            for (int i = 0; i < kind.Weights.Length; i++)
            {
                writer.Line().Summary($"The {kind.Weights[i].Replace('_', ' ')}.");
                writer.Line($"public global::CompiledNets.ModelWeight {Identifier.Pascal(kind.Weights[i])} => Weights[{Int(i)}];");
            }

            if (kind.Adapts is { } data)
            {
                writer.Line()
                    .Summary("Learns mean and variance from data of the shape that the layer takes, with the samples as the first axis.");
                writer.Line("/// <param name=\"data\">The data; every call starts anew.</param>");
                writer.Line($"public void Adapt(global::CompiledNets.Data.Samples data) => AdaptMoments(data, {data});");
            }

            writer.Close();
        }
    }

    private Kind KindOf(int index)
    {
        Layer layer = network.Layers[index];
        string[] weights = [.. network.Parameters.Weights.Where(weight => weight.Layer == index).Select(weight => weight.Weight.Name)];
        string type = weights.Length == 0 ? "Plain" : layer.Type;
        string? adapts = null;
        if (layer is Normalization normalization)
        {
            Shape input = network.InputShapes(network.CallOf(index))[0];
            adapts = $"axis: {Int(ShapeContext.Normalize(normalization.Axis, input) + 1)}, {ApiFile.Shape(input)}";
        }

        Kind? kind = kinds.Find(other => other.Type == type && other.Adapts == adapts && other.Weights.SequenceEqual(weights));
        if (kind is null) kinds.Add(kind = new(type, weights, adapts));
        return kind;
    }

    /// <summary>Layers that share a class.</summary>
    /// <param name="type">Their type, by which the class is called.</param>
    /// <param name="weights">Names of their weights.</param>
    /// <param name="adapts">The data that they adapt to, as arguments; null where they do not.</param>
    private sealed class Kind(string type, string[] weights, string? adapts)
    {
        public string Type { get; } = type;

        public string[] Weights { get; } = weights;

        public string? Adapts { get; } = adapts;

        public string Class { get; set; } = "";
    }
}
