using CompiledNets.Generator.Ops;

namespace CompiledNets.Generator.Passes;

/// <summary>
/// A network as it is declared: what is applied in it to what, networks in it being one call each. Summaries and pictures show it; programs
/// are made of the calls that wiring lays open.
/// </summary>
/// <param name="IsGraph">It is declared by nodes.</param>
/// <param name="Inputs">Name of each input, and the value that it gets, of a nested network where it is applied first.</param>
/// <param name="Calls">The calls, each after those whose results it takes.</param>
/// <param name="Outputs">The values that it returns, as the network itself counts its calls.</param>
internal sealed record WiredGraph(bool IsGraph, IReadOnlyList<(string Name, Source Value)> Inputs, IReadOnlyList<GraphCall> Calls,
    IReadOnlyList<Source> Outputs)
{
    /// <summary>It is a chain of layers, each of which takes what the one before it gives.</summary>
    public bool IsPlainChain => !IsGraph && Calls.All(call => call.Network < 0);
}

/// <summary>A layer or a network that is applied in a network.</summary>
/// <param name="Layer">Number of the layer; -1 where it is a network.</param>
/// <param name="Network">Number of the network; -1 where it is a layer.</param>
/// <param name="Inputs">What it is applied to, as the network that it stands in counts its calls.</param>
/// <param name="Outputs">What it gives, as the outermost network counts its calls of layers.</param>
internal sealed record GraphCall(int Layer, int Network, IReadOnlyList<Source> Inputs, IReadOnlyList<Source> Outputs);
