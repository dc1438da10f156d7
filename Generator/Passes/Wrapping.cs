using CompiledNets.Generator.Declaration;
using CompiledNets.Generator.Layers;

namespace CompiledNets.Generator.Passes;

/// <summary>Which attributes are wrapped: each wrapper takes the layer that stands after it in the same chain.</summary>
internal static class Wrapping
{
    /// <summary>Whether an attribute is the layer of the wrapper before it.</summary>
    public static bool IsWrapped(NetworkBody body, int at) =>
        at > 0 && at < body.Layers.Count && (LayerTable.Wraps(body.Layers[at - 1].Attribute)
            || (LayerTable.IsCell(body.Layers[at].Attribute) && LayerTable.IsCell(body.Layers[at - 1].Attribute)
                && IsWrapped(body, at - 1)))
        && IsLayer(body.Layers[at]) && body.Layers[at].NamedNodes.Count == 0 && !BeginsNode(body, at);

    /// <summary>What stands where a wrapper's layer is missing, for a message.</summary>
    public static string Instead(NetworkBody body, int at) => at >= body.Layers.Count || BeginsNode(body, at) ? "nothing does"
        : $"[{body.Layers[at].Attribute}] {(IsLayer(body.Layers[at]) ? "joins several values" : "is no layer")}";

    private static bool IsLayer(LayerDeclaration attribute) => LayerTable.Find(attribute.Attribute) is not null;

    private static bool BeginsNode(NetworkBody body, int at) => body.Nodes.Any(node => node.First == at);
}
