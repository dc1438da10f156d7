using CompiledNets.Generator.Declaration;
using CompiledNets.Generator.Layers;
using CompiledNets.Generator.Ops;
using CompiledNets.Generator.Passes;
using static CompiledNets.Generator.Emit.CodeWriter;

namespace CompiledNets.Generator.Emit;

/// <summary>
/// What users reach the layers of a network by: a property and a class for each layer, and for each network in it, whose class has those of
/// its own layers: <c>model.Encoder.Dense1.Kernel</c>.
/// </summary>
internal sealed class Handles
{
    private readonly List<Handle> handles = [];

    private Handles()
    {
    }

    /// <summary>The handles of a network.</summary>
    /// <param name="network">The network.</param>
    /// <param name="declaration">Its declaration, whose names are taken already.</param>
    public static Handles Of(Network network, NetworkDeclaration declaration)
    {
        int next = 0, nested = 0;
        return Of(network, "", network.Layers.Count, declaration, ref next, ref nested);
    }

    /// <summary>Writes what a constructor does: the handles in the order of the layers.</summary>
    /// <param name="writer">Takes it.</param>
    /// <param name="model">What the model is called there.</param>
    public void WriteConstruction(CodeWriter writer, string model)
    {
        foreach (Handle handle in handles) writer.Line($"{handle.Property} = new {handle.Class}({model});");
    }

    /// <summary>Writes the properties.</summary>
    /// <param name="writer">Takes them.</param>
    /// <param name="network">The network.</param>
    /// <param name="areMarked">Whether each is marked as generated, which in a generated class the class is.</param>
    public void WriteProperties(CodeWriter writer, Network network, bool areMarked)
    {
        foreach (Handle handle in handles)
        {
            string summary = handle.Inner is not null ? Summary(network.Networks[handle.Index])
                : $"Layer {network.Layers[handle.Index].Name}: {network.Layers[handle.Index].Type}, output " +
                    $"{network.CallOf(handle.Index).Outputs[0]}.";
            writer.Line().Summary(summary);
            if (areMarked) writer.Generated();
            writer.Line($"public {handle.Class} {handle.Property} {{ get; }}");
        }
    }

    /// <summary>Writes the classes.</summary>
    /// <param name="writer">Takes them.</param>
    /// <param name="network">The network.</param>
    /// <param name="areMarked">Whether each is marked as generated.</param>
    public void WriteClasses(CodeWriter writer, Network network, bool areMarked)
    {
        foreach (Handle handle in handles)
        {
            if (handle.Inner is null) WriteLayer(writer, handle.Class, network, handle.Index, areMarked);
            else handle.Inner.WriteNetwork(writer, handle, network, areMarked);
        }
    }

    private static Handles Of(Network network, string path, int end, NetworkDeclaration? declaration, ref int next, ref int nested)
    {
        var own = new Handles();
        while (next < end || HasNested(network, path, nested))
        {
            // A network begins before its first layer; it may have none.
            if (HasNested(network, path, nested) && network.Networks[nested].First <= next)
            {
                NestedNetwork inner = network.Networks[nested];
                string property = own.Free(Identifier.Property(inner.Name.Substring(path.Length), declaration));
                int index = nested++;
                own.handles.Add(new(property, property + "Network", index,
                    Of(network, inner.Name + "/", inner.First + inner.Count, null, ref next, ref nested)));
            }
            else
            {
                string property = own.Free(Identifier.Property(network.Layers[next].Name.Substring(path.Length), declaration));
                own.handles.Add(new(property, property + "Layer", next++, null));
            }
        }

        own.NameClasses(declaration?.MemberNames ?? EquatableArray<string>.Empty);
        return own;
    }

    private static bool HasNested(Network network, string path, int nested) =>
        nested < network.Networks.Count && network.Networks[nested].Name.StartsWith(path, StringComparison.Ordinal);

    // The class of layer dense is DenseLayer, unless a property, a class or a member of the user has that name. Nor may a class have a
    // member of its name.
    private void NameClasses(IReadOnlyCollection<string> members)
    {
        var taken = new HashSet<string>(members.Concat(handles.Select(handle => handle.Property)), StringComparer.Ordinal);
        for (int i = 0; i < handles.Count; i++)
        {
            string name = handles[i].Class;
            while (taken.Contains(name) || handles[i].Inner?.Has(name) == true) name += "_";
            taken.Add(name);
            handles[i] = handles[i] with { Class = name };
        }
    }

    // Layers conv1 and conv_1 are the properties Conv1 and Conv1Layer.
    private string Free(string property)
    {
        while (handles.Exists(handle => handle.Property == property)) property += Identifier.OtherEnding;
        return property;
    }

    private bool Has(string name) => handles.Exists(handle => handle.Property == name || handle.Class == name);

    private static string Summary(NestedNetwork nested) => $"Network {nested.Name}: {nested.Type}.";

    private void WriteNetwork(CodeWriter writer, Handle handle, Network network, bool isMarked)
    {
        writer.Line().Summary($"Network {network.Networks[handle.Index].Name} with its layers.");
        if (isMarked) writer.Generated();
        writer.Open($"public sealed class {handle.Class} : global::CompiledNets.ModelNetwork");
        writer.Open($"internal {handle.Class}(global::CompiledNets.Model model) : base(model, {Int(handle.Index)})");
        WriteConstruction(writer, "model");
        writer.Close();
        WriteProperties(writer, network, areMarked: false);
        WriteClasses(writer, network, areMarked: false);
        writer.Close();
    }

    private static void WriteLayer(CodeWriter writer, string className, Network network, int index, bool isMarked)
    {
        Layer layer = network.Layers[index];
        Shape input = network.InputShapes(network.CallOf(index))[0];
        writer.Line().Summary($"Layer {layer.Name} with its weights.");
        if (isMarked) writer.Generated();
        writer.Open($"public sealed class {className} : global::CompiledNets.ModelLayer");
        writer.Line($"internal {className}(global::CompiledNets.Model model) : base(model, {Int(index)})").Line("{").Line("}");
        int weight = 0;
        foreach (PlacedWeight placed in network.Parameters.Weights.Where(w => w.Layer == index))
        {
            writer.Line().Summary($"The {placed.Weight.Name.Replace('_', ' ')}, {placed.Weight.Shape}.");
            writer.Line($"public global::CompiledNets.ModelWeight {Identifier.Pascal(placed.Weight.Name)} => Weights[{Int(weight++)}];");
        }

        if (layer is Normalization normalization)
        {
            int axis = ShapeContext.Normalize(normalization.Axis, input) + 1;
            writer.Line()
                .Summary("Learns mean and variance from data of the shape that the layer takes, with the samples as the first axis.");
            writer.Line("/// <param name=\"data\">The data; every call starts anew.</param>");
            writer.Line($"public void Adapt(global::CompiledNets.Data.Samples data) => AdaptMoments(data, axis: {Int(axis)}, " +
                $"{ApiFile.Shape(input)});");
        }

        writer.Close();
    }

    /// <summary>A property and its class.</summary>
    /// <param name="Property">Name of the property.</param>
    /// <param name="Class">Name of the class.</param>
    /// <param name="Index">Number of the layer, or of the network.</param>
    /// <param name="Inner">The handles in it; null for a layer.</param>
    private sealed record Handle(string Property, string Class, int Index, Handles? Inner);
}
