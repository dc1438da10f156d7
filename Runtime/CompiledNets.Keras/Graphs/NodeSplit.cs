using CompiledNets.Keras.Layers;

namespace CompiledNets.Keras.Graphs;

/// <summary>
/// Splits a graph into nodes: calls of which nobody else reads the result go on the chain. Each node takes but earlier ones, and layers
/// with weights stay in the order in which Keras has them, for that is the order of the weights.
/// </summary>
internal sealed class NodeSplit
{
    private readonly List<GraphNode> nodes = [];
    private readonly Dictionary<GraphValue, int> places = [];
    private readonly Dictionary<GraphValue, int> reads = [];
    private readonly Dictionary<GraphLayer, List<LayerCall>> callsOf = [];
    private readonly HashSet<GraphLayer> joined = [];
    private readonly Dictionary<LayerCall, List<LayerResult>> results = [];
    private int lastWithWeights;

    private NodeSplit(LayerGraph graph)
    {
        foreach (GraphValue value in graph.Calls.SelectMany(call => call.Inputs).Concat(graph.Outputs.Select(output => output.Value)))
        {
            reads[value] = reads.GetValueOrDefault(value) + 1;
            if (value is not LayerResult result) continue;
            if (!results.TryGetValue(result.Call, out List<LayerResult>? ofCall)) results[result.Call] = ofCall = [];
            if (!ofCall.Contains(result)) ofCall.Add(result);
        }

        foreach (LayerCall call in graph.Calls)
        {
            if (!callsOf.TryGetValue(call.Layer, out List<LayerCall>? calls)) callsOf[call.Layer] = calls = [];
            calls.Add(call);
        }

        foreach ((GraphLayer layer, List<LayerCall> calls) in callsOf)
            if (calls.Count > 1 && calls.Exists(call => call.Inputs.Count > 1) && !LayerSources.IsMerge(layer.Config))
                throw new KerasUnsupportedException($"{layer.Config.ClassName} called more than once, with several values");
    }

    /// <summary>The nodes, inputs first.</summary>
    /// <exception cref="KerasUnsupportedException">Nobody takes a value.</exception>
    public static IReadOnlyList<GraphNode> Of(LayerGraph graph)
    {
        NodeSplit split = new(graph);
        foreach (GraphInput input in graph.Inputs)
        {
            if (!split.reads.ContainsKey(input)) throw new KerasUnsupportedException($"input '{input.Name}', which nobody takes");
            split.Begin(new() { Input = input, Value = input });
        }

        foreach (LayerCall call in graph.Calls)
        {
            if (!split.reads.ContainsKey(call) && !split.results.ContainsKey(call))
                throw new KerasUnsupportedException($"layer '{call.Layer.Name}', whose result nobody takes");
            split.Add(call);
        }

        return split.nodes;
    }

    private void Begin(GraphNode node)
    {
        places[node.Value] = nodes.Count;
        nodes.Add(node);
    }

    private void Add(LayerCall call)
    {
        GraphValue[] inputs = [.. call.Inputs];
        bool goesOn = Continues(call, inputs);
        // Where the order does not matter, the chain may be the second of two as well.
        if (!goesOn && inputs.Length == 2 && call.Layer.Config.ClassName is "Add" or "Average" or "Multiply"
            && Continues(call, [inputs[1], inputs[0]]))
        {
            goesOn = true;
            Array.Reverse(inputs);
        }

        int masks = inputs.Length - call.Masks.Count;
        GraphNode[] taken = [.. inputs[..masks].Select(value => nodes[places[value]])];
        (string, GraphNode)[] named = [.. call.Masks.Select(mask => (mask.Argument, nodes[places[mask.Value]]))];
        if (!goesOn) Begin(new() { From = Joins(call) ? null : taken[0], Value = call });
        int place = goesOn ? places[inputs[0]] : nodes.Count - 1;
        if (Number(call) == 0)
        {
            nodes[place].Steps.Add(new LayerStep(call.Layer, Joins(call) ? taken[(goesOn ? 1 : 0)..] : [], named));
            if (!LayerSources.HasNoWeights(call.Layer.Config)) lastWithWeights = place;
            if (goesOn && Times(call) > 1) joined.Add(call.Layer);
        }
        else if (!joined.Contains(call.Layer))
        {
            nodes[place].Steps.Add(new SharedStep(nodes[places[callsOf[call.Layer][0]]]));
        }

        places[call] = place;
        nodes[place].Value = call;
        foreach (LayerResult result in results.GetValueOrDefault(call, []))
            Begin(new() { From = nodes[place], Output = result.Output, Value = result });
    }

    // Whether a call goes on the chain of the first value that it takes.
    private bool Continues(LayerCall call, ReadOnlySpan<GraphValue> inputs)
    {
        // Others take another result of the last layer of a node.
        if (inputs[0] is not LayerCall before || reads[before] != 1 || results.ContainsKey(before)) return false;
        int place = places[before];
        foreach (GraphValue other in inputs[1..])
            if (places[other] >= place) return false;
        if (Number(call) > 0) return joined.Contains(call.Layer) || (IsOpen(before) && places[callsOf[call.Layer][0]] < place);
        bool fits = Times(call) > 1 ? Number(before) == 0 && GoTogether(before, call) : IsOpen(before);
        return fits && (place >= lastWithWeights || LayerSources.HasNoWeights(call.Layer.Config));
    }

    // What is applied again elsewhere is a node of its own.
    private bool IsOpen(LayerCall call) => Times(call) == 1 || Number(call) > 0;

    // Whether wherever one layer is called the other follows, so that both are applied again at once.
    private bool GoTogether(LayerCall first, LayerCall second) => Times(first) == Times(second)
        && callsOf[first.Layer].Zip(callsOf[second.Layer])
            .All(pair => reads[pair.First] == 1 && pair.Second.Inputs.Count == 1 && pair.Second.Inputs[0] == pair.First);

    // A merge has no weights and is written anew for each call.
    private int Times(LayerCall call) => Joins(call) ? 1 : callsOf[call.Layer].Count;

    private int Number(LayerCall call) => Joins(call) ? 0 : callsOf[call.Layer].IndexOf(call);

    private static bool Joins(LayerCall call) => call.Inputs.Count - call.Masks.Count > 1 || LayerSources.IsMerge(call.Layer.Config);
}
