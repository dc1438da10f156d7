using CompiledNets.Generator.Declaration;
using CompiledNets.Generator.Diagnostics;
using CompiledNets.Generator.Layers;
using CompiledNets.Naming;
using Microsoft.CodeAnalysis;

namespace CompiledNets.Generator.Passes;

/// <summary>What is applied to what: the calls of a network before their shapes are known, each after those whose results it takes.</summary>
/// <param name="Inputs">Name of each input, and its attribute.</param>
/// <param name="Layers">The layers, in the order of their first calls.</param>
/// <param name="Calls">The calls.</param>
/// <param name="Outputs">Name of each output, and its value.</param>
/// <param name="Nodes">Name of each node, and its value.</param>
internal sealed record Wiring(
    IReadOnlyList<(string Name, int Attribute)> Inputs, IReadOnlyList<Layer> Layers, IReadOnlyList<WiredCall> Calls,
    IReadOnlyList<(string Name, Source Source)> Outputs, IReadOnlyList<(string Name, Source Source)> Nodes);

/// <summary>A call before its shapes are known.</summary>
/// <param name="Layer">Number of the layer.</param>
/// <param name="Inputs">What it is applied to.</param>
/// <param name="Names">What these are called in messages.</param>
/// <param name="Attribute">The attribute that asks for it.</param>
internal sealed record WiredCall(int Layer, IReadOnlyList<Source> Inputs, IReadOnlyList<string> Names, int Attribute);

/// <summary>Chains and nodes to calls.</summary>
internal sealed class Wire
{
    private readonly NetworkDeclaration declaration;
    private readonly IReadOnlyList<Layer?> layers;
    private readonly FindingList findings;
    private readonly Dictionary<string, NodeDeclaration> nodes;
    private readonly Dictionary<string, (Source Source, string Name)?> values = new(StringComparer.Ordinal);
    private readonly List<string> path = [];
    private readonly HashSet<string> taken = new(StringComparer.Ordinal);
    private readonly List<(string Name, int Attribute)> inputs = [];
    private readonly List<Layer> called = [];
    private readonly Dictionary<int, int> numbers = [];
    private readonly List<WiredCall> calls = [];

    private Wire(NetworkDeclaration declaration, IReadOnlyList<Layer?> layers, FindingList findings)
    {
        (this.declaration, this.layers, this.findings) = (declaration, layers, findings);
        nodes = declaration.Nodes.ToDictionary(node => node.Name, StringComparer.Ordinal);
    }

    /// <summary>The calls; null, and findings, where attributes contradict each other.</summary>
    /// <param name="declaration">What the user wrote.</param>
    /// <param name="layers">By attribute, its layer.</param>
    /// <param name="findings">Takes what is wrong.</param>
    public static Wiring? Run(NetworkDeclaration declaration, IReadOnlyList<Layer?> layers, FindingList findings)
    {
        var wire = new Wire(declaration, layers, findings);
        return declaration.IsGraph ? wire.Graph() : wire.Chain();
    }

    private Wiring? Chain()
    {
        if (!HasOrder()) return null;
        inputs.Add(("input", 0));
        (Source Source, string Name) value = (Source.Input(0), "Input");
        for (int i = 1; i < layers.Count; i++)
            if (layers[i] is not null) value = Apply(i, [value], i);
        return new(inputs, called, calls, [("output", value.Source)], []);
    }

    private Wiring? Graph()
    {
        // Inputs are in the order of the source, whoever takes them first.
        foreach (NodeDeclaration node in declaration.Nodes)
            if (declaration.Layers[node.First].Attribute == "Input") inputs.Add((SnakeCase.Of(node.Name), node.First));
        foreach (NodeDeclaration node in declaration.Nodes) ValueOf(node);
        if (findings.HasErrors) return null;
        NodeDeclaration[] outputs = [.. declaration.Nodes.Where(IsOutput)];
        if (outputs.Length == 0) findings.Add(DiagnosticDescriptors.NoOutput.Id, -1, null, declaration.Name);
        foreach (NodeDeclaration node in declaration.Nodes)
            if (outputs.Length > 0 && !taken.Contains(node.Name) && !IsOutput(node)) findings.Add(DiagnosticDescriptors.DeadNode.Id, node.First, null, node.Name);
        if (findings.HasErrors) return null;
        return new(inputs, called, calls, [.. outputs.Select(node => (SnakeCase.Of(node.Name), values[node.Name]!.Value.Source))],
            [.. declaration.Nodes.Select(node => (node.Name, values[node.Name]!.Value.Source))]);
    }

    private bool IsOutput(NodeDeclaration node) => declaration.Layers[node.First + node.Count - 1].Attribute == "Output";

    // The value of a node, its chain applied when it is first asked for; null where something is wrong with it, which is said once.
    private (Source Source, string Name)? ValueOf(NodeDeclaration node)
    {
        if (values.TryGetValue(node.Name, out (Source, string)? known)) return known;
        path.Add(node.Name);
        (Source, string)? value = WorkOut(node);
        path.RemoveAt(path.Count - 1);
        values[node.Name] = value;
        return value;
    }

    private (Source Source, string Name)? WorkOut(NodeDeclaration node)
    {
        int end = node.First + node.Count;
        (Source Source, string Name)? value = null;
        for (int i = node.First; i < end; i++)
        {
            LayerDeclaration attribute = declaration.Layers[i];
            bool isFirst = i == node.First;
            switch (attribute.Attribute)
            {
                case "Input" or "From" when !isFirst:
                    return Wrong(DiagnosticDescriptors.WrongPlace, i, attribute.Attribute, "first", node.Name);
                case "Output" when i < end - 1:
                    return Wrong(DiagnosticDescriptors.WrongPlace, i, attribute.Attribute, "last", node.Name);
                case "Input":
                    value = (Source.Input(inputs.FindIndex(input => input.Attribute == i)), node.Name);
                    continue;
                case "Output" when !isFirst:
                    continue;
            }

            if (Named(attribute, i) is not { } named) return null;
            if (attribute.Attribute == "From")
            {
                value = named[0];
                continue;
            }

            if (attribute.Attribute == "Shared" && value is { } start)
            {
                if (ApplyAgain(nodes[attribute.NamedNodes[0]], start, i) is not { } shared) return null;
                value = shared;
                continue;
            }

            if (isFirst && named.Count == 0) return Wrong(DiagnosticDescriptors.NodeHasNoValue, i, node.Name, attribute.Attribute);
            if (layers[i] is null) return null;
            value = Apply(i, value is { } before ? [before, .. named] : named, i);
        }

        return value is { } result ? (result.Source, node.Name) : null;
    }

    // The values of the nodes that an attribute names; null where one is wrong.
    private List<(Source Source, string Name)>? Named(LayerDeclaration attribute, int index)
    {
        var named = new List<(Source, string)>();
        bool isRight = true;
        for (int i = 0; i < attribute.NamedNodes.Count; i++)
        {
            string name = attribute.NamedNodes[i];
            taken.Add(name);
            if (nodes.TryGetValue(name, out NodeDeclaration? node) && path.Contains(name))
                findings.Add(DiagnosticDescriptors.Cycle.Id, index, PlaceOf(attribute, i), name, string.Join(" takes ", path.Skip(path.IndexOf(name)).Append(name)));
            else if (node is null)
                findings.Add(DiagnosticDescriptors.UnknownNode.Id, index, PlaceOf(attribute, i), name, declaration.Name, Suggestion(name));
            // The layers of a node are shared, not its value.
            else if (attribute.Attribute == "Shared" || ValueOf(node) is not { } value)
                isRight &= attribute.Attribute == "Shared";
            else
                named.Add(value);
            isRight &= node is not null && !path.Contains(name);
        }

        return isRight ? named : null;
    }

    private static string PlaceOf(LayerDeclaration attribute, int place) => attribute["Node"] is not null ? "Node" : place == 0 ? "Nodes" : $"Nodes.{Emit.CodeWriter.Int(place)}";

    private string Suggestion(string name) => NearestName.Of(name, nodes.Keys) is { } nearest
        ? $"Did you mean '{nearest}'?" : $"There are {string.Join(", ", nodes.Keys.OrderBy(key => key, StringComparer.Ordinal))}.";

    private (Source Source, string Name)? Wrong(DiagnosticDescriptor descriptor, int index, params string[] arguments)
    {
        findings.Add(descriptor.Id, index, null, arguments);
        return null;
    }

    // The layers of a node's chain on another value; what the chain begins with is left out.
    private (Source Source, string Name)? ApplyAgain(NodeDeclaration node, (Source Source, string Name) value, int attribute)
    {
        for (int i = node.First + 1; i < node.First + node.Count; i++)
        {
            if (declaration.Layers[i].Attribute == "Output") continue;
            if (Named(declaration.Layers[i], i) is not { } named || (layers[i] is null && declaration.Layers[i].Attribute != "Shared")) return null;
            if (declaration.Layers[i].Attribute != "Shared") value = Apply(i, [value, .. named], attribute);
            else if (ApplyAgain(nodes[declaration.Layers[i].NamedNodes[0]], value, attribute) is { } shared) value = shared;
            else return null;
        }

        return value;
    }

    private (Source Source, string Name) Apply(int layer, IReadOnlyList<(Source Source, string Name)> values, int attribute)
    {
        if (!numbers.TryGetValue(layer, out int number))
        {
            numbers[layer] = number = called.Count;
            called.Add(layers[layer]!);
        }

        calls.Add(new(number, [.. values.Select(value => value.Source)], [.. values.Select(value => value.Name)], attribute));
        return (new(calls.Count - 1, 0), layers[layer]!.Name);
    }

    private bool HasOrder()
    {
        int input = -1;
        for (int i = 0; i < declaration.Layers.Count; i++)
        {
            if (declaration.Layers[i].Attribute != "Input") continue;
            if (input >= 0) findings.Add(DiagnosticDescriptors.InputTwice.Id, i, null, declaration.Name);
            else input = i;
        }

        if (declaration.Layers.Count == 0) findings.Add(DiagnosticDescriptors.NoLayers.Id, -1, null, declaration.Name);
        else if (input < 0) findings.Add(DiagnosticDescriptors.NoInput.Id, 0, null, declaration.Name, declaration.Layers[0].Attribute);
        else if (input > 0) findings.Add(DiagnosticDescriptors.InputNotFirst.Id, input, null, declaration.Layers[0].Attribute);
        else if (declaration.Layers.Count == 1) findings.Add(DiagnosticDescriptors.NoLayers.Id, -1, null, declaration.Name);
        return !findings.HasErrors;
    }
}
