namespace CompiledNets.Generator.Passes;

/// <summary>What layers lower themselves with: the graph that is built, the layer's weights, the mode.</summary>
internal sealed class Lowering
{
}
