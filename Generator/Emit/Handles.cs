using System.Text;
using CompiledNets.Generator.Declaration;
using CompiledNets.Generator.Passes;
using static CompiledNets.Generator.Emit.CodeWriter;

namespace CompiledNets.Generator.Emit;

/// <summary>
/// What users reach the layers of a network by: a property for each layer, whose class it shares with layers that have the same weights
/// (<see cref="LayerClasses"/>), and a property and a class for each network in it, which has those of its own layers:
/// <c>model.Encoder.Dense1.Kernel</c>.
/// </summary>
internal sealed class Handles
{
    private readonly List<Handle> handles = [];
    private readonly LayerClasses classes;

    private Handles(LayerClasses classes) => this.classes = classes;

    /// <summary>The handles of a network.</summary>
    /// <param name="network">The network.</param>
    /// <param name="declaration">Its declaration, whose names are taken already.</param>
    public static Handles Of(Network network, NetworkDeclaration declaration)
    {
        int next = 0, nested = 0;
        var classes = new LayerClasses(network);
        Handles own = Of(network, classes, "", network.Layers.Count, declaration, ref next, ref nested);
        own.NameClasses(declaration.MemberNames);
        var taken = new HashSet<string>(declaration.MemberNames, StringComparer.Ordinal);
        own.AddNames(taken);
        classes.Name(taken);
        return own;
    }

    /// <summary>Writes what a constructor does: the handles in the order of the layers.</summary>
    /// <param name="writer">Takes it.</param>
    /// <param name="model">What the model is called there.</param>
    public void WriteConstruction(CodeWriter writer, string model)
    {
        foreach (Handle handle in handles)
            writer.Line($"{handle.Property} = new({model}{(handle.Inner is null ? $", {Int(handle.Index)}" : "")});");
    }

    /// <summary>Writes the properties.</summary>
    /// <param name="writer">Takes them.</param>
    /// <param name="network">The network.</param>
    /// <param name="areMarked">Whether each is marked as generated, which in a generated class the class is.</param>
    public void WriteProperties(CodeWriter writer, Network network, bool areMarked)
    {
        foreach (Handle handle in handles)
        {
            string summary = handle.Inner is not null ? Summary(network.Networks[handle.Index]) : Summary(network, handle.Index);
            writer.Line().Summary(summary);
            if (areMarked) writer.Generated();
            writer.Line($"public {ClassOf(handle)} {handle.Property} {{ get; }}");
        }
    }

    /// <summary>Writes the classes of the network.</summary>
    /// <param name="writer">Takes them.</param>
    /// <param name="network">The network.</param>
    public void WriteClasses(CodeWriter writer, Network network)
    {
        classes.Write(writer);
        WriteNetworks(writer, network, areMarked: true);
    }

    private void WriteNetworks(CodeWriter writer, Network network, bool areMarked)
    {
        foreach (Handle handle in handles) handle.Inner?.WriteNetwork(writer, handle, network, areMarked);
    }

    private string ClassOf(Handle handle) => handle.Inner is null ? classes.Of(handle.Index) : handle.Class;

    private static Handles Of(
        Network network, LayerClasses classes, string path, int end, NetworkDeclaration? declaration, ref int next, ref int nested)
    {
        var own = new Handles(classes);
        while (next < end || HasNested(network, path, nested))
        {
            // A network begins before its first layer; it may have none.
            if (HasNested(network, path, nested) && network.Networks[nested].First <= next)
            {
                NestedNetwork inner = network.Networks[nested];
                string property = own.Free(Identifier.Property(inner.Name.Substring(path.Length), declaration));
                int index = nested++;
                own.handles.Add(new(property, property + "Network", index,
                    Of(network, classes, inner.Name + "/", inner.First + inner.Count, null, ref next, ref nested)));
            }
            else
            {
                string property = own.Free(Identifier.Property(network.Layers[next].Name.Substring(path.Length), declaration));
                own.handles.Add(new(property, "", next++, null));
            }
        }

        if (declaration is null) own.NameClasses(EquatableArray<string>.Empty);
        return own;
    }

    private static bool HasNested(Network network, string path, int nested) =>
        nested < network.Networks.Count && network.Networks[nested].Name.StartsWith(path, StringComparison.Ordinal);

    // The class of network encoder is EncoderNetwork, unless a property, a class or a member of the user has that name. Nor may a class
    // have a member of its name.
    private void NameClasses(IReadOnlyCollection<string> members)
    {
        var taken = new HashSet<string>(members.Concat(handles.Select(handle => handle.Property)), StringComparer.Ordinal);
        for (int i = 0; i < handles.Count; i++)
        {
            if (handles[i].Inner is null) continue;
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

    // All names that a class of layers must not have, since it would be hidden by them somewhere in the network.
    private void AddNames(HashSet<string> names)
    {
        foreach (Handle handle in handles)
        {
            names.Add(handle.Property);
            if (handle.Inner is null) continue;
            names.Add(handle.Class);
            handle.Inner.AddNames(names);
        }
    }

    private bool Has(string name) => handles.Exists(handle => handle.Property == name || handle.Class == name);

    private static string Summary(NestedNetwork nested) => $"Network {nested.Name}: {nested.Type}.";

    // With the shapes of the weights, those that have the same one together: kernel (3, 3, 8, 16), bias (16). Where all have the same one,
    // as those of a normalization, the output tells it.
    private static string Summary(Network network, int layer)
    {
        var text = new StringBuilder(
            $"Layer {network.Layers[layer].Name}: {network.Layers[layer].Type}, output {network.CallOf(layer).Outputs[0]}");
        PlacedWeight[] weights = [.. network.Parameters.Weights.Where(weight => weight.Layer == layer)];
        if (weights.Length > 1 && weights.All(weight => weight.Weight.Shape.Equals(weights[0].Weight.Shape))) weights = [];
        for (int i = 0; i < weights.Length; i++)
        {
            text.Append(i == 0 ? "; " : ", ").Append(weights[i].Weight.Name.Replace('_', ' '));
            if (i == weights.Length - 1 || !weights[i + 1].Weight.Shape.Equals(weights[i].Weight.Shape))
                text.Append(' ').Append(weights[i].Weight.Shape);
        }

        return text.Append('.').ToString();
    }

    private void WriteNetwork(CodeWriter writer, Handle handle, Network network, bool isMarked)
    {
        writer.Line().Summary($"Network {network.Networks[handle.Index].Name} with its layers.");
        if (isMarked) writer.Generated();
        writer.Open($"public sealed class {handle.Class} : global::CompiledNets.ModelNetwork");
        writer.Open($"internal {handle.Class}(global::CompiledNets.Model model) : base(model, {Int(handle.Index)})");
        WriteConstruction(writer, "model");
        writer.Close();
        WriteProperties(writer, network, areMarked: false);
        WriteNetworks(writer, network, areMarked: false);
        writer.Close();
    }

    /// <summary>A property and its class.</summary>
    /// <param name="Property">Name of the property.</param>
    /// <param name="Class">Name of the class of a network.</param>
    /// <param name="Index">Number of the layer, or of the network.</param>
    /// <param name="Inner">The handles in it; null for a layer.</param>
    private sealed record Handle(string Property, string Class, int Index, Handles? Inner);
}
