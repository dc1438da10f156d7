using CompiledNets.Generator.Declaration;
using CompiledNets.Generator.Layers;

namespace CompiledNets.Generator.Passes;

/// <summary>A network whose attributes are layers and, in their turn, networks.</summary>
/// <param name="Body">Its attributes.</param>
/// <param name="Name">
/// Its name in the outermost network, those of the networks around it before it: <c>encoder/inner</c>; empty for the outermost.
/// </param>
/// <param name="Layers">By attribute, its layer; null for those that are none.</param>
/// <param name="Networks">By attribute, the network that it applies; null for those that apply none.</param>
internal sealed record ResolvedNetwork(NetworkBody Body, string Name, IReadOnlyList<Layer?> Layers,
    IReadOnlyList<ResolvedNetwork?> Networks);
