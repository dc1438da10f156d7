using CompiledNets.Execution;
using CompiledNets.Naming;

namespace CompiledNets.Keras.Architecture;

/// <summary>A layer, a network or an input as Keras has it in a network.</summary>
/// <param name="Name">Its name there.</param>
/// <param name="ClassName">Its Keras class.</param>
internal sealed record SavedMember(string Name, string ClassName)
{
    /// <summary>The layer; null for a network and an input.</summary>
    public ModelLayer? Layer { get; init; }

    /// <summary>What the layer is; null for a network and an input.</summary>
    public LayerDescription? Description { get; init; }

    /// <summary>Its weights as they are described; none for a network and an input.</summary>
    public IReadOnlyList<WeightDescription> Weights { get; init; } = [];

    /// <summary>Keras's classes of what the layer wraps: one, or several cells.</summary>
    public IReadOnlyList<WrappedLayer> Wrapped { get; init; } = [];

    /// <summary>The network; null for a layer and an input.</summary>
    public SavedNetwork? Network { get; init; }

    /// <summary>Shape of a sample of an input; null for others.</summary>
    public int[]? InputShape { get; init; }

    /// <summary>Its calls: what it is applied to, a member and which call of it, each time.</summary>
    public List<IReadOnlyList<(SavedMember Member, int Call, int Output)>> Calls { get; } = [];

    /// <summary>What its group is called in files, <c>dense_1</c>.</summary>
    public string Key { get; set; } = "";
}

/// <summary>
/// A network as Keras has it: members in Keras's order, which is that of weights. In a Sequential it is the order of the layers. In a
/// Functional, layers far from the outputs come first; of equally far ones, the one that is met first on the way from the outputs.
/// </summary>
internal sealed class SavedNetwork
{
    private readonly NetworkDescription description;
    private readonly Model model;
    private readonly string path;

    private SavedNetwork(Model model, NetworkDescription description, GraphDescription graph, string name, string path)
    {
        this.model = model;
        this.description = description;
        this.path = path;
        Name = name;
        Graph = graph;
        // Attentions take two values, which no Sequential gives them.
        IsChain = graph.IsChain && graph.Inputs.Length == 1
            && !graph.Calls.Any(call => call.Layer >= 0 && Graphs.AttentionCall.Takes(description.Layers[call.Layer].Type));
        Read();
        Dictionary<string, int> counts = new(StringComparer.Ordinal);
        foreach (SavedMember member in Members)
        {
            string kind = SnakeCase.Of(member.ClassName);
            int count = counts.GetValueOrDefault(kind);
            counts[kind] = count + 1;
            member.Key = count == 0 ? kind : $"{kind}_{count.ToString(System.Globalization.CultureInfo.InvariantCulture)}";
        }
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Whether it is a Sequential.</summary>
    public bool IsChain { get; }

    /// <summary>What is applied to what.</summary>
    public GraphDescription Graph { get; }

    /// <summary>Layers, networks and, in a Functional, inputs, in Keras's order.</summary>
    public IReadOnlyList<SavedMember> Members { get; private set; } = [];

    /// <summary>The inputs.</summary>
    public IReadOnlyList<SavedMember> Inputs { get; private set; } = [];

    /// <summary>The outputs: a member and which call of it.</summary>
    public IReadOnlyList<(SavedMember Member, int Call, int Output)> Outputs { get; private set; } = [];

    /// <summary>All layers in Keras's order, those of networks in it at their place, each once.</summary>
    public IEnumerable<SavedMember> Leaves =>
        Members.SelectMany(member => member.Network is { } inner ? inner.Leaves : member.Layer is null ? [] : [member]);

    /// <summary>The network of a model.</summary>
    public static SavedNetwork Of(Model model)
    {
        NetworkDescription description = model.GetDescription();
        GraphDescription graph = description.Graph ?? new()
        {
            IsChain = true,
            Inputs = description.Inputs,
            Calls = [.. description.Layers.Select((layer, i) => new CallDescription(i, [(i - 1, 0)], [layer.OutputShape]))],
            Outputs = [(description.Layers.Length - 1, 0)],
        };
        return new(model, description, graph, SnakeCase.Of(model.Name), "");
    }

    private void Read()
    {
        SavedMember[] inputs = [.. Graph.Inputs.Select(input => new SavedMember(input.Name, "InputLayer") { InputShape = input.Shape })];
        Inputs = inputs;
        Dictionary<(int Layer, int Network), SavedMember> members = [];
        List<SavedMember> order = [];
        List<(SavedMember Member, int Call)> calls = [];
        HashSet<string> names = [.. inputs.Select(input => input.Name)];
        foreach (CallDescription call in Graph.Calls)
        {
            if (!members.TryGetValue((call.Layer, call.Network), out SavedMember? member))
            {
                members[(call.Layer, call.Network)] = member = call.Network >= 0 ? OfNetwork(call.Network) : OfLayer(call.Layer, names);
                order.Add(member);
            }

            member.Calls.Add(
                [.. call.Inputs.Select(input => input.Call < 0 ? (inputs[input.Output], 0, 0)
                : (calls[input.Call].Member, calls[input.Call].Call, input.Output))]);
            calls.Add((member, member.Calls.Count - 1));
        }

        Outputs = [.. Graph.Outputs.Select(output => output.Call < 0 ? (inputs[output.Output], 0, 0)
            : (calls[output.Call].Member, calls[output.Call].Call, output.Output))];
        Members = IsChain ? order : InDepth();
    }

    private SavedMember OfNetwork(int index)
    {
        NestedDescription nested = description.Networks[index];
        string name = nested.Name[(nested.Name.LastIndexOf('/') + 1)..];
        GraphDescription graph = nested.Graph
            ?? throw new NotSupportedException(
            $"The network '{nested.Name}' was compiled by an older version, which does not tell what it is.");
        SavedNetwork network = new(model, description, graph, name, nested.Name + "/");
        return new(name, network.IsChain ? "Sequential" : "Functional") { Network = network };
    }

    private SavedMember OfLayer(int index, HashSet<string> names)
    {
        LayerDescription layer = description.Layers[index];
        string name = layer.Name[path.Length..];

        // An input may have the name of a layer here, but not in Keras.
        string own = name;
        for (int i = 1; !names.Add(own); i++)
            own = $"{name}_layer{(i == 1 ? "" : i.ToString(System.Globalization.CultureInfo.InvariantCulture))}";
        return new(own, layer.Type)
        {
            Layer = model.Layers[index],
            Description = layer,
            Wrapped = WrappedLayer.Of(layer.Options),
            Weights = [.. description.Weights.Where(weight => weight.Layer == index)],
        };
    }

    // Keras's map_graph_network.
    private List<SavedMember> InDepth()
    {
        List<(SavedMember Member, int Call)> after = [];
        HashSet<(SavedMember, int)> met = [];
        Dictionary<SavedMember, int> order = [];
        foreach ((SavedMember member, int call, _) in Outputs) Visit(member, call);
        Dictionary<(SavedMember, int), int> callDepths = [];
        Dictionary<SavedMember, int> depths = [];
        for (int i = after.Count - 1; i >= 0; i--)
        {
            (SavedMember member, int call) = after[i];
            int depth = Math.Max(callDepths.GetValueOrDefault(after[i]), depths.GetValueOrDefault(member));
            depths[member] = callDepths[after[i]] = depth;
            foreach ((SavedMember input, int which, _) in InputsOf(member, call))
                callDepths[(input, which)] = Math.Max(depth + 1, callDepths.GetValueOrDefault((input, which)));
        }

        foreach (SavedMember input in Inputs) order.TryAdd(input, order.Count);
        return [.. order.Keys.OrderByDescending(member => depths.GetValueOrDefault(member)).ThenBy(member => order[member])];

        void Visit(SavedMember member, int call)
        {
            System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
            if (!met.Add((member, call))) return;
            order.TryAdd(member, order.Count);
            foreach ((SavedMember input, int which, _) in InputsOf(member, call)) Visit(input, which);
            after.Add((member, call));
        }

        static IReadOnlyList<(SavedMember Member, int Call, int Output)> InputsOf(SavedMember member, int call) =>
            member.InputShape is null ? member.Calls[call] : [];
    }
}
