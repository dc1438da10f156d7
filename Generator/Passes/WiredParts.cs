using CompiledNets.Generator.Layers;

namespace CompiledNets.Generator.Passes;

/// <summary>What wiring gathers, of a network and of those in it.</summary>
/// <param name="name">Name of the outermost network.</param>
internal sealed class WiredParts(string name)
{
    private readonly Dictionary<Layer, int> numbers = [];
    private readonly Dictionary<string, int> begun = new(StringComparer.Ordinal);

    /// <summary>Name of the outermost network.</summary>
    public string Name { get; } = name;

    /// <summary>The layers, in the order of their first calls.</summary>
    public List<Layer> Layers { get; } = [];

    /// <summary>The calls.</summary>
    public List<WiredCall> Calls { get; } = [];

    /// <summary>The networks in the network, each after the one it lies in.</summary>
    public List<NestedNetwork> Networks { get; } = [];

    /// <summary>What they are applied to.</summary>
    public List<NestedInput> NestedInputs { get; } = [];

    /// <summary>The number of a layer; names are unique, so that no two are equal.</summary>
    public int NumberOf(Layer layer)
    {
        if (numbers.TryGetValue(layer, out int number)) return number;
        Layers.Add(layer);
        return numbers[layer] = Layers.Count - 1;
    }

    /// <summary>The number of a network that was begun.</summary>
    public int NumberOf(ResolvedNetwork network) => begun[network.Name];

    /// <summary>
    /// Takes in a network where it is applied first: its layers are those that follow until what is returned is called, with what is
    /// applied in it; null where it was before.
    /// </summary>
    public Action<WiredGraph>? Begin(ResolvedNetwork network)
    {
        if (begun.ContainsKey(network.Name)) return null;
        (int place, int first) = (Networks.Count, Layers.Count);
        begun[network.Name] = place;
        Networks.Add(new(network.Name, network.Body.Name, first, 0));
        return graph => Networks[place] = Networks[place] with { Count = Layers.Count - first, Graph = graph };
    }
}
