using CompiledNets.Execution;

namespace CompiledNets;

/// <summary>What a graph consists of where it is shown: an input, a layer, or a network in it.</summary>
/// <param name="Input">Number of the input; -1 for others.</param>
/// <param name="Layer">Number of the layer; -1 for others.</param>
/// <param name="Network">Number of the network; -1 for others.</param>
internal readonly record struct ShownPart(int Input, int Layer, int Network)
{
    public static ShownPart OfInput(int input) => new(input, -1, -1);

    public static ShownPart Of(CallDescription call) => new(-1, call.Layer, call.Network);
}

/// <summary>
/// A graph as Keras shows one: its parts in the order of their depth, the way to the farthest output, and what each is connected to. The
/// rules are those of Keras's <c>map_graph</c>.
/// </summary>
internal sealed class ShownGraph
{
    private readonly GraphDescription graph;
    private readonly int inputs;
    private readonly List<int> visited = [];
    private readonly Dictionary<ShownPart, int> places = [];
    private readonly Dictionary<ShownPart, int> depths = [];
    private readonly int[] nodeDepths;

    /// <summary>Orders a graph.</summary>
    public ShownGraph(GraphDescription graph)
    {
        this.graph = graph;
        inputs = graph.Inputs.Length;
        nodeDepths = new int[inputs + graph.Calls.Length];
        Visit();
        Measure();
        Parts = graph.IsChain
            ? [.. graph.Calls.Select(ShownPart.Of).Distinct()]
            : [.. depths.Keys.OrderByDescending(part => depths[part]).ThenBy(part => places.GetValueOrDefault(part, -1))];
    }

    /// <summary>The inputs, layers and networks, each once. A chain does not show its input.</summary>
    public IReadOnlyList<ShownPart> Parts { get; }

    /// <summary>
    /// Whether it is shown as a chain: each depth has one call, of a part that has no other, and the call takes one value.
    /// </summary>
    public bool IsChain => graph.IsChain || (depths.Count == visited.Count && nodeDepths.Distinct().Count() == nodeDepths.Length
        && graph.Calls.All(call => call.Inputs.Length == 1));

    /// <summary>The calls of a part, by their numbers.</summary>
    public IEnumerable<int> CallsOf(ShownPart part) =>
        Enumerable.Range(0, graph.Calls.Length).Where(call => ShownPart.Of(graph.Calls[call]) == part);

    /// <summary>The part that gives a value, and which of its calls does, from 0.</summary>
    public (ShownPart Part, int Call) GiverOf((int Call, int Output) value)
    {
        if (value.Call < 0) return (ShownPart.OfInput(value.Output), 0);
        var part = ShownPart.Of(graph.Calls[value.Call]);
        return (part, CallsOf(part).TakeWhile(call => call != value.Call).Count());
    }

    // Nodes are the inputs, then the calls.
    private int NodeOf((int Call, int Output) value) => value.Call < 0 ? value.Output : inputs + value.Call;

    private ShownPart PartOf(int node) => node < inputs ? ShownPart.OfInput(node) : ShownPart.Of(graph.Calls[node - inputs]);

    private (int Call, int Output)[] TakenBy(int node) => node < inputs ? [] : graph.Calls[node - inputs].Inputs;

    // From each output to the inputs: parts are counted where they are met first, nodes where all that they take is done.
    private void Visit()
    {
        var isMet = new bool[nodeDepths.Length];
        var path = new Stack<(int Node, int Next)>();
        foreach ((int Call, int Output) output in graph.Outputs)
        {
            Meet(NodeOf(output));
            while (path.TryPop(out (int Node, int Next) at))
            {
                (int Call, int Output)[] taken = TakenBy(at.Node);
                if (at.Next == taken.Length)
                {
                    visited.Add(at.Node);
                    continue;
                }

                path.Push((at.Node, at.Next + 1));
                Meet(NodeOf(taken[at.Next]));
            }
        }

        void Meet(int node)
        {
            if (isMet[node]) return;
            isMet[node] = true;
            places.TryAdd(PartOf(node), places.Count);
            path.Push((node, 0));
        }
    }

    // A part is as deep as the deepest of its nodes.
    private void Measure()
    {
        for (int i = visited.Count - 1; i >= 0; i--)
        {
            int node = visited[i];
            ShownPart part = PartOf(node);
            int depth = Math.Max(nodeDepths[node], depths.GetValueOrDefault(part));
            depths[part] = nodeDepths[node] = depth;
            foreach ((int Call, int Output) value in TakenBy(node))
                nodeDepths[NodeOf(value)] = Math.Max(depth + 1, nodeDepths[NodeOf(value)]);
        }

        // Inputs that nothing takes.
        for (int input = 0; input < inputs; input++) depths.TryAdd(ShownPart.OfInput(input), 0);
    }
}
