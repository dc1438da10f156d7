namespace CompiledNets.Keras.Graphs;

/// <summary>A node of the class that is written: an input, or a chain.</summary>
internal sealed class GraphNode
{
    /// <summary>The input that it is; null for a chain.</summary>
    public GraphInput? Input { get; init; }

    /// <summary>The node whose value the chain begins with; null for an input, and where the first step joins others.</summary>
    public GraphNode? From { get; init; }

    /// <summary>The output that it takes of what that node ends in; null for the first.</summary>
    public string? Output { get; init; }

    /// <summary>What is done with the value, in order.</summary>
    public List<NodeStep> Steps { get; } = [];

    /// <summary>Its value.</summary>
    public required GraphValue Value { get; set; }
}

/// <summary>A step of a chain.</summary>
internal abstract class NodeStep;

/// <summary>A layer is applied.</summary>
/// <param name="layer">The layer.</param>
/// <param name="others">The nodes that it takes beside the value of the chain.</param>
/// <param name="masks">The nodes of masks, by the argument that names them.</param>
internal sealed class LayerStep(GraphLayer layer, IReadOnlyList<GraphNode> others, IReadOnlyList<(string Argument, GraphNode Node)> masks)
    : NodeStep
{
    /// <summary>The nodes of masks, by the argument that names them.</summary>
    public IReadOnlyList<(string Argument, GraphNode Node)> Masks { get; } = masks;

    /// <summary>The layer.</summary>
    public GraphLayer Layer { get; } = layer;

    /// <summary>The nodes that it takes beside the value of the chain; at the head of a chain, all.</summary>
    public IReadOnlyList<GraphNode> Others { get; } = others;
}

/// <summary>The layers of another node are applied once more.</summary>
/// <param name="node">The other node.</param>
internal sealed class SharedStep(GraphNode node) : NodeStep
{
    /// <summary>The other node.</summary>
    public GraphNode Node { get; } = node;
}
