using CompiledNets.Generator.Declaration;
using CompiledNets.Generator.Diagnostics;
using CompiledNets.Generator.Emit;
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
    IReadOnlyList<(string Name, Source Source)> Outputs, IReadOnlyList<(string Name, Source Source)> Nodes)
{
    /// <summary>The networks in it, each after the one it lies in.</summary>
    public IReadOnlyList<NestedNetwork> Networks { get; init; } = [];

    /// <summary>What networks in it are applied to, in the order of the calls.</summary>
    public IReadOnlyList<NestedInput> NestedInputs { get; init; } = [];

    /// <summary>The network as it is declared.</summary>
    public required WiredGraph Graph { get; init; }
}

/// <summary>A call before its shapes are known.</summary>
/// <param name="Layer">Number of the layer.</param>
/// <param name="Inputs">What it is applied to.</param>
/// <param name="Names">What these are called in messages.</param>
/// <param name="Attribute">The attribute that asks for it.</param>
/// <param name="IsNested">It is one of a network in the network.</param>
internal sealed record WiredCall(int Layer, IReadOnlyList<Source> Inputs, IReadOnlyList<string> Names, int Attribute, bool IsNested);

/// <summary>A value that a network in the network takes.</summary>
/// <param name="Call">Number of the first call after it.</param>
/// <param name="Network">Name of the network.</param>
/// <param name="Input">Its declaration of the input.</param>
/// <param name="Source">The value.</param>
/// <param name="Name">What the value is called in messages.</param>
/// <param name="Attribute">The attribute that asks for it.</param>
internal sealed record NestedInput(int Call, string Network, LayerDeclaration Input, Source Source, string Name, int Attribute);

/// <summary>A value on its way through a network.</summary>
/// <param name="Source">The value.</param>
/// <param name="Name">What it is called in messages.</param>
/// <param name="Own">The value as the network that is wired counts its calls, networks in it being one each.</param>
internal readonly record struct WiredValue(Source Source, string Name, Source Own);

/// <summary>Chains and nodes to calls.</summary>
internal sealed class Wire
{
    /// <summary>Calls that shared layers may add to a network: shares of shares double with each.</summary>
    private const int MostSharedCalls = 4000;

    /// <summary>Nodes of a circle that a message names.</summary>
    private const int MostNamed = 10;

    private readonly ResolvedNetwork network;
    private readonly NetworkBody body;
    private readonly FindingList findings;
    private readonly WiredParts parts;
    private readonly NestedUse? use;
    private readonly EquatableArray<NodeDeclaration> nodes;
    private readonly Dictionary<string, int> nodeNumbers = new(StringComparer.Ordinal);
    private readonly List<Step>[] chains;
    private readonly WiredValue[] values;
    private readonly Dictionary<string, IReadOnlyList<(string Name, Source Source)>> outputsOf = new(StringComparer.Ordinal);
    private readonly List<(string Name, int Attribute)> inputs = [];
    private readonly List<GraphCall> calls = [];
    private int sharedCalls;
    private bool isWrong;

    private Wire(ResolvedNetwork network, FindingList findings, WiredParts parts, NestedUse? use)
    {
        (this.network, this.findings, this.parts, this.use) = (network, findings, parts, use);
        (body, nodes) = (network.Body, network.Body.Nodes);
        for (int i = 0; i < nodes.Count; i++) nodeNumbers[nodes[i].Name] = i;
        chains = new List<Step>[nodes.Count];
        values = new WiredValue[nodes.Count];
    }

    /// <summary>A layer, or a network, of a node's chain, behind what the chain begins with.</summary>
    /// <param name="Layer">The attribute of the layer.</param>
    /// <param name="Attribute">The attribute that asks for it: the same, or the one that shares it.</param>
    private readonly record struct Step(int Layer, int Attribute);

    /// <summary>How a network in another one is used.</summary>
    /// <param name="Values">The values that it takes.</param>
    /// <param name="Attribute">The attribute of the outermost network that asks for it.</param>
    private sealed record NestedUse(IReadOnlyList<WiredValue> Values, int Attribute);

    /// <summary>The calls; null, and findings, where attributes contradict each other.</summary>
    /// <param name="network">The layers, and the networks, of what the user wrote.</param>
    /// <param name="findings">Takes what is wrong.</param>
    public static Wiring? Run(ResolvedNetwork network, FindingList findings) =>
        new Wire(network, findings, new(network.Body.Name), null).Run();

    private Wiring? Run() => body.IsGraph ? Graph() : Chain();

    private Wiring? Chain()
    {
        if (!HasOrder()) return null;
        inputs.Add(("input", 0));
        WiredValue value = Taken(0, "Input");
        for (int i = 1; i < body.Layers.Count && !isWrong; i++)
        {
            // A chain has no nodes to name.
            IReadOnlyList<string> named = body.Layers[i].NamedNodes;
            if (named.Count > 0)
                Wrong(DiagnosticDescriptors.UnknownNode, i, PlaceOf(i, 0), named[0], body.Name, "Declare the network by nodes.");
            else if (IsApplied(i)) value = Apply(i, [value], i);
        }

        return isWrong ? null : Made([("output", value.Source)], [value.Own], []);
    }

    private Wiring Made(IReadOnlyList<(string Name, Source Source)> outputs, IReadOnlyList<Source> own,
        IReadOnlyList<(string Name, Source Source)> named) =>
        new(inputs, parts.Layers, parts.Calls, outputs, named)
        {
            Networks = parts.Networks,
            NestedInputs = parts.NestedInputs,
            Graph = new(body.IsGraph, [.. inputs.Select((input, i) => (input.Name, use?.Values[i].Source ?? Source.Input(i)))], calls, own),
        };

    // What an input of the network gets.
    private WiredValue Taken(int input, string name) =>
        use is null ? new(Source.Input(input), name, Source.Input(input)) : use.Values[input] with { Own = Source.Input(input) };

    private Wiring? Graph()
    {
        foreach (NodeDeclaration node in nodes) CheckParts(node);
        foreach (int i in NodeOrder.Of(nodes.Count, Shares, circle => TellCircle(circle, isOfLayers: true))) chains[i] = ChainOf(nodes[i]);
        if (isWrong) return null;
        IReadOnlyList<int> order = NodeOrder.Of(nodes.Count, Takes, circle => TellCircle(circle, isOfLayers: false));
        // Inputs are in the order of the source, whoever takes them first.
        foreach (NodeDeclaration node in nodes)
            if (AttributeOf(node.First) == "Input") inputs.Add((PortName(node, node.First), node.First));
        NodeDeclaration[] outputs = [.. nodes.Where(IsOutput)];
        CheckEnds(outputs);
        if (findings.HasErrors) return null;
        foreach (int i in order)
        {
            if (!isWrong) values[i] = ValueOf(i) with { Name = nodes[i].Name };
        }

        return isWrong ? null : Made([.. outputs.Select(node => (PortName(node, Last(node)), values[nodeNumbers[node.Name]].Source))],
            [.. outputs.Select(node => values[nodeNumbers[node.Name]].Own)], [.. nodes.Select((node, i) => (node.Name, values[i].Source))]);
    }

    // Whether the attributes of a node stand in order and name nodes; one finding for the order, and one for each name.
    private void CheckParts(NodeDeclaration node)
    {
        int end = node.First + node.Count;
        for (int i = node.First; i < end; i++)
        {
            IReadOnlyList<string> named = body.Layers[i].NamedNodes;
            for (int n = 0; n < named.Count; n++)
            {
                if (!nodeNumbers.TryGetValue(named[n], out int other))
                    Wrong(DiagnosticDescriptors.UnknownNode, i, PlaceOf(i, n), named[n], body.Name, Suggestion(named[n]));
                else if (AttributeOf(i) == "Shared" && !HasLayers(nodes[other]))
                    Wrong(DiagnosticDescriptors.NothingToShare, i, PlaceOf(i, n), named[n], node.Name);
            }
        }

        string first = AttributeOf(node.First);
        if (first == "Shared" || (first != "Input" && body.Layers[node.First].NamedNodes.Count == 0))
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
            Wrong(DiagnosticDescriptors.NoOutput, -1, null, body.Name);
            return;
        }

        var taken = new HashSet<int>(Enumerable.Range(0, nodes.Count).SelectMany(Takes));
        foreach (NodeDeclaration node in nodes.Where(node => !taken.Contains(nodeNumbers[node.Name]) && !IsOutput(node)))
            Wrong(DiagnosticDescriptors.DeadNode, node.First, null, node.Name);
        var ports = new Dictionary<string, NodeDeclaration>(StringComparer.Ordinal);
        var properties = new Dictionary<string, NodeDeclaration>(StringComparer.Ordinal);
        foreach (NodeDeclaration node in nodes)
        {
            if (AttributeOf(node.First) == "Input") CheckPort(node, node.First, PortName(node, node.First), ports);
            // Outputs are properties too: of what is said of each.
            if (IsOutput(node) && CheckPort(node, Last(node), PortName(node, Last(node)), ports))
                CheckPort(node, Last(node), Identifier.Pascal(PortName(node, Last(node))), properties);
        }
    }

    // An input that is an output may have one name for both.
    private bool CheckPort(NodeDeclaration node, int attribute, string name, Dictionary<string, NodeDeclaration> names)
    {
        if (body.Layers[attribute].Has("Name") && !name.Any(char.IsLetter))
            Wrong(DiagnosticDescriptors.BadLayerName, attribute, "Name", name, "it has no letter.");
        else if (!names.TryGetValue(name, out NodeDeclaration? other))
            names[name] = node;
        else if (other != node)
            Wrong(DiagnosticDescriptors.PortsOfOneName, node.First, null, other.Name, node.Name, name);
        return !isWrong;
    }

    // A port is called as its node in snake case, unless the attribute says otherwise.
    private string PortName(NodeDeclaration node, int attribute) =>
        body.Layers[attribute]["Name"] as string ?? SnakeCase.Of(node.Name);

    private static int Last(NodeDeclaration node) => node.First + node.Count - 1;

    private string AttributeOf(int index) => body.Layers[index].Attribute;

    private bool IsOutput(NodeDeclaration node) => AttributeOf(Last(node)) == "Output";

    private bool HasLayers(NodeDeclaration node) => Enumerable.Range(node.First + 1, node.Count - 1).Any(i => AttributeOf(i) != "Output");

    // The nodes that are named there and exist, each once.
    private int[] Named(IEnumerable<int> attributes)
    {
        IEnumerable<string> names = attributes.SelectMany(i => body.Layers[i].NamedNodes);
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
        int place = Math.Max(0, body.Layers[attribute].NamedNodes.ToList().IndexOf(first.Name));
        (string what, string verb, string wayOut) = isOfLayers
            ? ("layers", " shares ", "Give one of them layers of its own.") : ("value", " takes ", "Let one of them take another node.");
        string round = string.Join(verb, names.Append(first.Name));
        Wrong(DiagnosticDescriptors.Cycle, attribute, PlaceOf(attribute, place), first.Name, what, round, wayOut);

        bool NamesFirst(int index) => body.Layers[index].NamedNodes.Contains(first.Name);
    }

    // The layers of a node behind what it begins with, those of other nodes put in where they are shared.
    private List<Step> ChainOf(NodeDeclaration node)
    {
        var chain = new List<Step>();
        for (int i = node.First + 1; i < node.First + node.Count; i++)
        {
            if (IsApplied(i)) chain.Add(new(i, i));
            // A circle is told already; the node that closes it has no chain yet.
            if (AttributeOf(i) != "Shared" || isWrong) continue;
            List<Step> shared = chains[nodeNumbers[body.Layers[i].NamedNodes[0]]];
            sharedCalls += shared.Count;
            if (sharedCalls > MostSharedCalls)
            {
                Wrong(DiagnosticDescriptors.TooLarge, i, null, body.Name, "more calls of layers that are shared",
                    $"{CodeWriter.Int(MostSharedCalls)} that the compiler makes. Share fewer layers.");
                return chain;
            }

            foreach (Step step in shared) chain.Add(new(step.Layer, i));
        }

        return chain;
    }

    private WiredValue ValueOf(int node)
    {
        int first = nodes[node].First;
        int input = inputs.FindIndex(input => input.Attribute == first);
        WiredValue value = AttributeOf(first) switch
        {
            "Input" => Taken(input, nodes[node].Name),
            "From" => From(first),
            _ => Apply(first, ValuesOf(first), first),
        };
        foreach (Step step in chains[node])
        {
            if (isWrong) break;
            value = Apply(step.Layer, [value, .. ValuesOf(step.Layer)], step.Attribute);
        }

        return value;
    }

    // The value of a node, or another output of the layer or the network that it ends in.
    private WiredValue From(int attribute)
    {
        WiredValue value = ValuesOf(attribute)[0];
        if (body.Layers[attribute]["Output"] is not string wanted) return value;
        NodeDeclaration node = nodes[nodeNumbers[body.Layers[attribute].NamedNodes[0]]];
        int last = chains[nodeNumbers[node.Name]] is { Count: > 0 } chain ? chain[chain.Count - 1].Layer : node.First;
        IReadOnlyList<(string Name, Source Source)> known = network.Networks[last] is not null ? outputsOf[node.Name]
            : network.Layers[last] is { OutputNames: { Count: > 1 } names }
                ? [.. names.Select((name, output) => (name, value.Source with { Index = output }))] : [];
        for (int i = 0; i < known.Count; i++)
        {
            if (known[i].Name == wanted || known[i].Name == SnakeCase.Of(wanted))
                return new(known[i].Source, wanted, value.Own with { Index = i });
        }

        string hint = known.Count == 0
            ? "Its chain does not end in a network, or in a layer, with several outputs."
            : $"There are {string.Join(", ", known.Select(output => $"'{output.Name}'"))}.";
        Wrong(DiagnosticDescriptors.UnknownOutput, attribute, "Output", node.Name, wanted, hint);
        return value;
    }

    // The values of the nodes that an attribute names.
    private IReadOnlyList<WiredValue> ValuesOf(int attribute) =>
        [.. body.Layers[attribute].NamedNodes.Select(name => values[nodeNumbers[name]])];

    private string PlaceOf(int attribute, int place) => body.Layers[attribute].ArgumentOf(place);

    private string Suggestion(string name) => NearestName.Of(name, nodeNumbers.Keys) is { } nearest
        ? $"Did you mean '{nearest}'?" : $"There are {string.Join(", ", nodeNumbers.Keys.OrderBy(key => key, StringComparer.Ordinal))}.";

    private void Wrong(DiagnosticDescriptor descriptor, int index, string? place, params string[] arguments)
    {
        isWrong = true;
        findings.Add(descriptor.Id, index, place, arguments);
    }

    private bool IsApplied(int attribute) => network.Layers[attribute] is not null || network.Networks[attribute] is not null;

    // The first output of a layer, or of a network, for some values.
    private WiredValue Apply(int index, IReadOnlyList<WiredValue> taken, int attribute)
    {
        if (network.Networks[index] is not null) return ApplyNetwork(index, taken, attribute);
        Layer layer = network.Layers[index]!;
        if (parts.Calls.Count >= NestingChecks.MostCalls) TooMany(attribute);
        else
        {
            parts.Calls.Add(new(parts.NumberOf(layer), [.. taken.Select(value => value.Source)], [.. taken.Select(value => value.Name)],
                use?.Attribute ?? attribute, use is not null));
            calls.Add(new(parts.NumberOf(layer), -1, [.. taken.Select(value => value.Own)], [new(parts.Calls.Count - 1, 0)]));
        }

        return new(new(parts.Calls.Count - 1, 0), layer.Name, new(calls.Count - 1, 0));
    }

    private WiredValue ApplyNetwork(int index, IReadOnlyList<WiredValue> taken, int attribute)
    {
        ResolvedNetwork inner = network.Networks[index]!;
        int place = use?.Attribute ?? attribute;
        LayerDeclaration[] wanted = [.. inner.Body.Inputs];
        if (wanted.Length != taken.Count)
        {
            Wrong(DiagnosticDescriptors.NetworkInputs, place, null, inner.Name, string.Join(", ", inner.Body.InputNames),
                Emit.CodeWriter.Int(taken.Count),
                taken.Count < wanted.Length ? "Name the other nodes, in this order." : "Name fewer nodes.");
            return taken[0];
        }

        for (int i = 0; i < wanted.Length; i++)
            parts.NestedInputs.Add(new(parts.Calls.Count, inner.Name, wanted[i], taken[i].Source, taken[i].Name, place));
        Action<WiredGraph>? end = parts.Begin(inner);
        // It is whole by itself, so that only its size can be wrong.
        Wiring? wiring = new Wire(inner, new(), parts, new(taken, place)).Run();
        if (wiring is null) TooMany(place);
        else
        {
            end?.Invoke(wiring.Graph);
            calls.Add(new(-1, parts.NumberOf(inner), [.. taken.Select(value => value.Own)],
                [.. wiring.Outputs.Select(output => output.Source)]));
            int node = NodeOf(attribute);
            if (node >= 0) outputsOf[nodes[node].Name] = wiring.Outputs;
        }

        return new(wiring?.Outputs[0].Source ?? taken[0].Source, inner.Name, new(calls.Count - 1, 0));
    }

    // The node whose attribute it is; -1 in a chain.
    private int NodeOf(int attribute)
    {
        for (int i = 0; i < nodes.Count; i++)
            if (attribute >= nodes[i].First && attribute < nodes[i].First + nodes[i].Count) return i;
        return -1;
    }

    private void TooMany(int attribute)
    {
        if (!isWrong)
            Wrong(DiagnosticDescriptors.TooManyLayers, attribute, null, parts.Name,
                $"{Emit.CodeWriter.Int(NestingChecks.MostCalls)} layers");
    }

    private bool HasOrder()
    {
        int input = -1;
        for (int i = 0; i < body.Layers.Count; i++)
        {
            if (body.Layers[i].Attribute != "Input") continue;
            if (input >= 0) findings.Add(DiagnosticDescriptors.InputTwice.Id, i, null, body.Name);
            else input = i;
        }

        if (body.Layers.Count == 0) findings.Add(DiagnosticDescriptors.NoLayers.Id, -1, null, body.Name);
        else if (input < 0) findings.Add(DiagnosticDescriptors.NoInput.Id, 0, null, body.Name, body.Layers[0].Attribute);
        else if (input > 0) findings.Add(DiagnosticDescriptors.InputNotFirst.Id, input, null, body.Layers[0].Attribute);
        else if (body.Layers.Count == 1) findings.Add(DiagnosticDescriptors.NoLayers.Id, -1, null, body.Name);
        return !findings.HasErrors;
    }
}
