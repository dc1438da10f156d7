using System.ComponentModel;

namespace CompiledNets.Execution;

/// <summary>A network as it is declared: what is applied in it to what. Summaries and pictures show it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record GraphDescription
{
    /// <summary>Whether its attributes stand on the class, as in Keras's Sequential, and not on nodes, as in its Functional.</summary>
    public bool IsChain { get; init; }

    /// <summary>The inputs, in the order of their declaration.</summary>
    public PortDescription[] Inputs { get; init; } = [];

    /// <summary>The calls, each after those whose results it takes.</summary>
    public CallDescription[] Calls { get; init; } = [];

    /// <summary>The values that are returned; see <see cref="CallDescription.Inputs"/>.</summary>
    public (int Call, int Output)[] Outputs { get; init; } = [];

    /// <summary>The graph of a plain chain, which is what its layers say.</summary>
    internal static GraphDescription OfChain(PortDescription[] inputs, LayerDescription[] layers) => new()
    {
        IsChain = true,
        Inputs = inputs,
        Calls = [.. layers.Select((layer, i) => new CallDescription(i, [(i - 1, 0)], [layer.OutputShape]))],
        Outputs = [(layers.Length - 1, 0)],
    };
}

/// <summary>A layer or a network that is applied in a network.</summary>
/// <param name="Layer">Number of the layer; -1 where it is a network.</param>
/// <param name="Inputs">
/// What it is applied to: a call of the network it stands in and which of its results, or -1 and which input.
/// </param>
/// <param name="Shapes">Shapes of what it gives, for one sample.</param>
/// <param name="Network">Number of the network; -1 where it is a layer.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record CallDescription(int Layer, (int Call, int Output)[] Inputs, int[][] Shapes, int Network = -1);
