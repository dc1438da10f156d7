using CompiledNets.Generator.Passes;
using static CompiledNets.Generator.Emit.CodeWriter;

namespace CompiledNets.Generator.Emit;

/// <summary>Writes what is applied to what in a network, for summaries and pictures.</summary>
internal static class GraphText
{
    /// <summary>Writes the initializer of a graph.</summary>
    // Graph = new()
    // {
    //     IsChain = false,
    //     Inputs = [new("left", [16]), new("right", [16])],
    //     Calls =
    //     [
    //         new(-1, [(-1, 0)], [[4]], Network: 0),
    //         new(2, [(0, 0), (1, 0)], [[4]]),
    //     ],
    //     Outputs = [(2, 0)],
    // },
    public static void Write(CodeWriter writer, Network network, WiredGraph graph, string indent)
    {
        writer.Line($"{indent}{{");
        if (!graph.IsGraph) writer.Line($"{indent}    IsChain = true,");
        IEnumerable<string> inputs =
            graph.Inputs.Select(input => $"new({String(input.Name)}, {ApiFile.Shape(network.ShapeOf(input.Value))})");
        writer.Line($"{indent}    Inputs = [{string.Join(", ", inputs)}],");
        writer.Line($"{indent}    Calls =").Line($"{indent}    [");
        foreach (GraphCall call in graph.Calls)
        {
            string shapes = string.Join(", ", call.Outputs.Select(output => ApiFile.Shape(network.ShapeOf(output))));
            string which = call.Network < 0 ? "" : $", Network: {Int(call.Network)}";
            writer.Line($"{indent}        new({Int(call.Layer)}, [{Values(call.Inputs)}], [{shapes}]{which}),");
        }

        writer.Line($"{indent}    ],");
        writer.Line($"{indent}    Outputs = [{Values(graph.Outputs)}],");
        writer.Line($"{indent}}},");
    }

    private static string Values(IReadOnlyList<Source> values) =>
        string.Join(", ", values.Select(value => $"({Int(value.Call)}, {Int(value.Index)})"));
}
