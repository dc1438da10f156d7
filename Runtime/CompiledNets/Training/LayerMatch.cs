namespace CompiledNets;

/// <summary>Which layers of two networks belong together where weights go from one to the other.</summary>
public enum LayerMatch
{
    /// <summary>
    /// Those of one name, counted from the network that the weights are of: <c>encoder/dense</c> of <c>model.Encoder</c> is <c>dense</c>.
    /// </summary>
    Name,

    /// <summary>The first with the first, and so on, layers without weights left out.</summary>
    Position,
}
