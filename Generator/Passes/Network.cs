using CompiledNets.Generator.Layers;
using CompiledNets.Generator.Ops;

namespace CompiledNets.Generator.Passes;

/// <summary>A network whose layers and shapes are known.</summary>
/// <param name="Name">Name of the class.</param>
/// <param name="Input">Shape of a sample.</param>
/// <param name="Chain">The layers behind the input, each with the shape of its input.</param>
/// <param name="Output">Shape of the output.</param>
/// <param name="Parameters">Where the weights lie.</param>
internal sealed record Network(string Name, Shape Input, IReadOnlyList<(Layer Layer, Shape Input)> Chain, Shape Output, ParameterLayout Parameters)
{
    /// <summary>Shape of the output of a layer.</summary>
    public Shape OutputOf(int layer) => layer + 1 < Chain.Count ? Chain[layer + 1].Input : Output;
}
