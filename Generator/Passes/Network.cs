using CompiledNets.Generator.Layers;
using CompiledNets.Generator.Ops;

namespace CompiledNets.Generator.Passes;

/// <summary>A network whose layers and shapes are known.</summary>
/// <param name="Name">Name of the class.</param>
/// <param name="Inputs">What it takes.</param>
/// <param name="Layers">The layers; each owns weights, and calls apply it.</param>
/// <param name="Calls">The calls, each after those whose results it takes.</param>
/// <param name="Outputs">What it returns.</param>
/// <param name="Parameters">Where the weights lie.</param>
internal sealed record Network(
    string Name, IReadOnlyList<Port> Inputs, IReadOnlyList<Layer> Layers, IReadOnlyList<Call> Calls, IReadOnlyList<OutputPort> Outputs,
        ParameterLayout Parameters)
{
    /// <summary>The nodes of a graph, in the order of the source; none in a chain.</summary>
    public IReadOnlyList<Port> Nodes { get; init; } = [];

    /// <summary>It is declared by nodes.</summary>
    public bool IsGraph { get; init; }

    /// <summary>The networks in it, each after the one it lies in.</summary>
    public IReadOnlyList<NestedNetwork> Networks { get; init; } = [];

    /// <summary>The network as it is declared.</summary>
    public required WiredGraph Graph { get; init; }

    private readonly Dictionary<int, int> firstCalls = FirstCalls(Calls);

    /// <summary>The first call of a layer.</summary>
    public Call CallOf(int layer) => Calls[firstCalls[layer]];

    /// <summary>Shapes of what a call takes.</summary>
    public IReadOnlyList<Shape> InputShapes(Call call) => [.. call.Inputs.Select(ShapeOf)];

    private static Dictionary<int, int> FirstCalls(IReadOnlyList<Call> calls)
    {
        var first = new Dictionary<int, int>();
        for (int i = calls.Count - 1; i >= 0; i--) first[calls[i].Layer] = i;
        return first;
    }

    /// <summary>The layers that an output depends on, in order.</summary>
    public IReadOnlyList<int> LayersBefore(OutputPort output)
    {
        var needed = new HashSet<int> { output.Source.Call };
        var layers = new SortedSet<int>();
        for (int call = Calls.Count - 1; call >= 0; call--)
        {
            if (!needed.Contains(call)) continue;
            layers.Add(Calls[call].Layer);
            needed.UnionWith(Calls[call].Inputs.Select(input => input.Call));
        }

        return [.. layers];
    }

    /// <summary>Shape of a value.</summary>
    public Shape ShapeOf(Source source) => source.IsInput ? Inputs[source.Index].Shape : Calls[source.Call].Outputs[source.Index];
}

/// <summary>An input of a network.</summary>
/// <param name="Name">Its name: <c>input</c> in a chain, the name of the member in a graph.</param>
/// <param name="Shape">Shape of a sample.</param>
internal sealed record Port(string Name, Shape Shape)
{
    /// <summary>An input of whole numbers from 0 to one below this one; null for any numbers.</summary>
    public int? Limit { get; init; }

    /// <summary>The layer that has the table in which they are looked up.</summary>
    public string LimitedBy { get; init; } = "";
}

/// <summary>An output of a network.</summary>
/// <param name="Name">Its name: <c>output</c> in a chain, the name of the member in a graph.</param>
/// <param name="Source">The value that is returned.</param>
/// <param name="Shape">Its shape.</param>
internal sealed record OutputPort(string Name, Source Source, Shape Shape);

/// <summary>A network in a network: layers that follow each other.</summary>
/// <param name="Name">Its name, those of the networks around it before it: <c>encoder/inner</c>.</param>
/// <param name="Type">Name of its class.</param>
/// <param name="First">Number of its first layer.</param>
/// <param name="Count">How many it has, those of networks in it included.</param>
internal sealed record NestedNetwork(string Name, string Type, int First, int Count)
{
    /// <summary>What is applied in it to what.</summary>
    public WiredGraph? Graph { get; init; }
}

/// <summary>A layer applied to values.</summary>
/// <param name="Layer">Number of the layer.</param>
/// <param name="Inputs">What it is applied to.</param>
/// <param name="Outputs">Shapes of its results.</param>
internal sealed record Call(int Layer, IReadOnlyList<Source> Inputs, IReadOnlyList<Shape> Outputs);

/// <summary>A value of a network: an input, or a result of a call.</summary>
/// <param name="Call">Number of the call; -1 for an input.</param>
/// <param name="Index">Which of its results, or which input.</param>
internal readonly record struct Source(int Call, int Index)
{
    /// <summary>It is an input of the network.</summary>
    public bool IsInput => Call < 0;

    public static Source Input(int index) => new(-1, index);
}
