using CompiledNets.Generator.Ops;
using CompiledNets.Generator.Passes;
using static CompiledNets.Generator.Emit.CodeWriter;

namespace CompiledNets.Generator.Emit;

/// <summary>The table of a network for its summary: layer, output shape, parameters, and in a graph what each is connected to.</summary>
internal static class NetworkTable
{
    public static string[] Write(Network network)
    {
        var rows = new List<string[]> { network.IsGraph
            ? ["layer", "output", "parameters", "connected to"] : ["layer", "output", "parameters"] };
        foreach (Port input in network.Inputs)
            rows.Add(network.IsGraph ? [$"{input.Name} (Input)", input.Shape.ToString(), "0", "-"]
                : [input.Name, input.Shape.ToString(), ""]);
        var seen = new HashSet<int>();
        foreach (Call call in network.Calls)
        {
            // A layer that is applied again has its weights once.
            string parameters = seen.Add(call.Layer) ? Int(network.Parameters.CountOf(call.Layer)) : "(shared)";
            string[] row = [$"{network.Layers[call.Layer].Name} ({network.Layers[call.Layer].Type})", call.Outputs[0].ToString(),
                parameters];
            rows.Add(network.IsGraph ? [.. row, string.Join(", ", call.Inputs.Select(Name))] : row);
        }

        rows.Add(network.IsGraph ? ["total", "", Int(Total(network)), ""] : ["total", "", Int(Total(network))]);
        int[] widths = [.. Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length))];
        return [.. rows.Select(row =>
            string.Join("  ", row.Select((cell, column) => column == 2 ? cell.PadLeft(widths[column]) : cell.PadRight(widths[column])))
            .TrimEnd())];

        string Name(Source source) => source.IsInput
            ? network.Inputs[source.Index].Name : network.Layers[network.Calls[source.Call].Layer].Name;
    }

    /// <summary>Numbers of all weights, trainable or not.</summary>
    public static int Total(Network network) => network.Parameters.Weights.Sum(weight => weight.Weight.Shape.Size);
}
