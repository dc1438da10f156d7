using CompiledNets.Generator.Declaration;
using CompiledNets.Generator.Diagnostics;
using CompiledNets.Generator.Layers;
using CompiledNets.Naming;
using Microsoft.CodeAnalysis;

namespace CompiledNets.Generator.Passes;

/// <summary>
/// What is applied to what: the calls of a network before their shapes are known, each after those whose results it takes.
/// </summary>
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
    /// <summary>Calls that shared layers may add to a network: shares of shares double with each.</summary>
    private const int MostSharedCalls = 4000;

    /// <summary>Nodes of a circle that a message names.</summary>
    private const int MostNamed = 10;

    private readonly NetworkDeclaration declaration;
    private readonly IReadOnlyList<Layer?> layers;
    private readonly FindingList findings;
    private readonly EquatableArray<NodeDeclaration> nodes;
    private readonly Dictionary<string, int> nodeNumbers = new(StringComparer.Ordinal);
    private readonly List<Step>[] chains;
    private readonly (Source Source, string Name)[] values;
    private readonly List<(string Name, int Attribute)> inputs = [];
    private readonly List<Layer> called = [];
    private readonly Dictionary<int, int> numbers = [];
    private readonly List<WiredCall> calls = [];
    private int sharedCalls;
    private bool isWrong;

    private Wire(NetworkDeclaration declaration, IReadOnlyList<Layer?> layers, FindingList findings)
    {
        (this.declaration, this.layers, this.findings, nodes) = (declaration, layers, findings, declaration.Nodes);
        for (int i = 0; i < nodes.Count; i++) nodeNumbers[nodes[i].Name] = i;
        chains = new List<Step>[nodes.Count];
        values = new (Source, string)[nodes.Count];
    }

    /// <summary>A layer of a node's chain, behind what the chain begins with.</summary>
    /// <param name="Layer">The attribute of the layer.</param>
    /// <param name="Attribute">The attribute that asks for it: the same, or the one that shares it.</param>
    private readonly record struct Step(int Layer, int Attribute);

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
        foreach (NodeDeclaration node in nodes) CheckParts(node);
        foreach (int i in NodeOrder.Of(nodes.Count, Shares, circle => TellCircle(circle, isOfLayers: true))) chains[i] = ChainOf(nodes[i]);
        if (isWrong) return null;
        IReadOnlyList<int> order = NodeOrder.Of(nodes.Count, Takes, circle => TellCircle(circle, isOfLayers: false));
        // Inputs are in the order of the source, whoever takes them first.
        foreach (NodeDeclaration node in nodes)
            if (AttributeOf(node.First) == "Input") inputs.Add((SnakeCase.Of(node.Name), node.First));
        NodeDeclaration[] outputs = [.. nodes.Where(IsOutput)];
        CheckEnds(outputs);
        if (findings.HasErrors) return null;
        foreach (int i in order) values[i] = (ValueOf(i), nodes[i].Name);
        return new(inputs, called, calls, [.. outputs.Select(node => (SnakeCase.Of(node.Name), values[nodeNumbers[node.Name]].Source))],
            [.. nodes.Select((node, i) => (node.Name, values[i].Source))]);
    }

    // Whether the attributes of a node stand in order and name nodes; one finding for the order, and one for each name.
    private void CheckParts(NodeDeclaration node)
    {
        int end = node.First + node.Count;
        for (int i = node.First; i < end; i++)
        {
            IReadOnlyList<string> named = declaration.Layers[i].NamedNodes;
            for (int n = 0; n < named.Count; n++)
            {
                if (!nodeNumbers.TryGetValue(named[n], out int other))
                    Wrong(DiagnosticDescriptors.UnknownNode, i, PlaceOf(i, n), named[n], declaration.Name, Suggestion(named[n]));
                else if (AttributeOf(i) == "Shared" && !HasLayers(nodes[other]))
                    Wrong(DiagnosticDescriptors.NothingToShare, i, PlaceOf(i, n), named[n], node.Name);
            }
        }

        string first = AttributeOf(node.First);
        if (first == "Shared" || (first != "Input" && declaration.Layers[node.First].NamedNodes.Count == 0))
        {
            Wrong(DiagnosticDescriptors.NodeHasNoValue, node.First, null, node.Name, first);
            return;
        }

        for (int i = node.First + 1; i < end; i++)
        {
            string attribute = AttributeOf(i);
            if (attribute is "Input" or "From")
            {
                string way = first is "Input" or "From"
                    ? $"The node begins with [{first}] already; give this a node of its own." : "Move it there.";
                Wrong(DiagnosticDescriptors.WrongPlace, i, null, attribute, "first", node.Name, way);
                return;
            }

            // Two of them are an error of C#'s.
            if (attribute != "Output" || Enumerable.Range(i, end - i).All(other => AttributeOf(other) == "Output")) continue;
            Wrong(DiagnosticDescriptors.WrongPlace, i, null, attribute, "last", node.Name, "Move it there.");
            return;
        }
    }

    // What is wrong with how the graph begins and ends.
    private void CheckEnds(NodeDeclaration[] outputs)
    {
        if (isWrong) return;
        if (outputs.Length == 0)
        {
            Wrong(DiagnosticDescriptors.NoOutput, -1, null, declaration.Name);
            return;
        }

        var taken = new HashSet<int>(Enumerable.Range(0, nodes.Count).SelectMany(Takes));
        foreach (NodeDeclaration node in nodes.Where(node => !taken.Contains(nodeNumbers[node.Name]) && !IsOutput(node)))
            Wrong(DiagnosticDescriptors.DeadNode, node.First, null, node.Name);
        var ports = new Dictionary<string, NodeDeclaration>(StringComparer.Ordinal);
        foreach (NodeDeclaration node in nodes.Where(node => AttributeOf(node.First) == "Input" || IsOutput(node)))
        {
            // What is said of each output is a property of its name in Pascal case.
            string port = Emit.Identifier.Pascal(SnakeCase.Of(node.Name));
            if (!ports.TryGetValue(port, out NodeDeclaration? other)) ports[port] = node;
            else Wrong(DiagnosticDescriptors.PortsOfOneName, node.First, null, other.Name, node.Name, port);
        }
    }

    private string AttributeOf(int index) => declaration.Layers[index].Attribute;

    private bool IsOutput(NodeDeclaration node) => AttributeOf(node.First + node.Count - 1) == "Output";

    private bool HasLayers(NodeDeclaration node) => Enumerable.Range(node.First + 1, node.Count - 1).Any(i => AttributeOf(i) != "Output");

    // The nodes that are named there and exist, each once.
    private int[] Named(IEnumerable<int> attributes)
    {
        IEnumerable<string> names = attributes.SelectMany(i => declaration.Layers[i].NamedNodes);
        return [.. names.Where(nodeNumbers.ContainsKey).Select(name => nodeNumbers[name]).Distinct()];
    }

    // The nodes whose layers a node's chain applies.
    private int[] Shares(int node) => Named(Enumerable.Range(nodes[node].First, nodes[node].Count).Where(i => AttributeOf(i) == "Shared"));

    // The nodes whose values a node needs.
    private int[] Takes(int node) => Named(chains[node].Select(step => step.Layer).Prepend(nodes[node].First));

    // Tells a circle at the attribute that closes it.
    private void TellCircle(IReadOnlyList<int> circle, bool isOfLayers)
    {
        NodeDeclaration first = nodes[circle[0]], last = nodes[circle[circle.Count - 1]];
        IEnumerable<string> names = circle.Select(node => nodes[node].Name);
        if (circle.Count > MostNamed) names = [.. names.Take(MostNamed - 2), "...", last.Name];
        int attribute = Enumerable.Range(last.First, last.Count).Where(i => AttributeOf(i) == "Shared" == isOfLayers)
            .Where(NamesFirst).DefaultIfEmpty(-1).First();
        // What a shared chain takes is not named in the node itself.
        if (attribute < 0) attribute = chains[nodeNumbers[last.Name]].Find(step => NamesFirst(step.Layer)).Attribute;
        int place = Math.Max(0, declaration.Layers[attribute].NamedNodes.ToList().IndexOf(first.Name));
        (string what, string verb, string wayOut) = isOfLayers
            ? ("layers", " shares ", "Give one of them layers of its own.") : ("value", " takes ", "Let one of them take another node.");
        string round = string.Join(verb, names.Append(first.Name));
        Wrong(DiagnosticDescriptors.Cycle, attribute, PlaceOf(attribute, place), first.Name, what, round, wayOut);

        bool NamesFirst(int index) => declaration.Layers[index].NamedNodes.Contains(first.Name);
    }

    // The layers of a node behind what it begins with, those of other nodes put in where they are shared.
    private List<Step> ChainOf(NodeDeclaration node)
    {
        var chain = new List<Step>();
        for (int i = node.First + 1; i < node.First + node.Count; i++)
        {
            if (layers[i] is not null) chain.Add(new(i, i));
            // A circle is told already; the node that closes it has no chain yet.
            if (AttributeOf(i) != "Shared" || isWrong) continue;
            List<Step> shared = chains[nodeNumbers[declaration.Layers[i].NamedNodes[0]]];
            sharedCalls += shared.Count;
            if (sharedCalls > MostSharedCalls)
            {
                Wrong(DiagnosticDescriptors.TooLarge, i, null, declaration.Name, "more calls of layers that are shared",
                    $"{Emit.CodeWriter.Int(MostSharedCalls)} that the compiler makes. Share fewer layers.");
                return chain;
            }

            foreach (Step step in shared) chain.Add(new(step.Layer, i));
        }

        return chain;
    }

    private Source ValueOf(int node)
    {
        int first = nodes[node].First;
        (Source Source, string Name) value = AttributeOf(first) switch
        {
            "Input" => (Source.Input(inputs.FindIndex(input => input.Attribute == first)), nodes[node].Name),
            "From" => ValuesOf(first)[0],
            _ => Apply(first, ValuesOf(first), first),
        };
        foreach (Step step in chains[node]) value = Apply(step.Layer, [value, .. ValuesOf(step.Layer)], step.Attribute);
        return value.Source;
    }

    // The values of the nodes that an attribute names.
    private IReadOnlyList<(Source Source, string Name)> ValuesOf(int attribute) =>
        [.. declaration.Layers[attribute].NamedNodes.Select(name => values[nodeNumbers[name]])];

    private string PlaceOf(int attribute, int place) =>
        declaration.Layers[attribute].Has("Node") ? "Node" : place == 0 ? "Nodes" : $"Nodes.{Emit.CodeWriter.Int(place)}";

    private string Suggestion(string name) => NearestName.Of(name, nodeNumbers.Keys) is { } nearest
        ? $"Did you mean '{nearest}'?" : $"There are {string.Join(", ", nodeNumbers.Keys.OrderBy(key => key, StringComparer.Ordinal))}.";

    private void Wrong(DiagnosticDescriptor descriptor, int index, string? place, params string[] arguments)
    {
        isWrong = true;
        findings.Add(descriptor.Id, index, place, arguments);
    }

    private (Source Source, string Name) Apply(int layer, IReadOnlyList<(Source Source, string Name)> taken, int attribute)
    {
        if (!numbers.TryGetValue(layer, out int number))
        {
            numbers[layer] = number = called.Count;
            called.Add(layers[layer]!);
        }

        calls.Add(new(number, [.. taken.Select(value => value.Source)], [.. taken.Select(value => value.Name)], attribute));
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
