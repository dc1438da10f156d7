using CompiledNets.Generator.Ops;
using CompiledNets.Generator.Passes;
using static CompiledNets.Generator.Emit.CodeWriter;

namespace CompiledNets.Generator.Emit;

/// <summary>The table of a network for its summary: layer, output shape, parameters.</summary>
internal static class NetworkTable
{
    public static string[] Write(Network network)
    {
        var rows = new List<string[]> { new[] { "layer", "output", "parameters" }, new[] { "input", network.Inputs[0].Shape.ToString(), "" } };
        for (int i = 0; i < network.Layers.Count; i++)
        {
            int parameters = network.Parameters.CountOf(i);
            rows.Add([$"{network.Layers[i].Name} ({network.Layers[i].Type})", network.CallOf(i).Outputs[0].ToString(), Int(parameters)]);
        }

        rows.Add(["total", "", Int(Total(network))]);
        int[] widths = [.. Enumerable.Range(0, 3).Select(column => rows.Max(row => row[column].Length))];
        return [.. rows.Select(row => $"{row[0].PadRight(widths[0])}  {row[1].PadRight(widths[1])}  {row[2].PadLeft(widths[2])}".TrimEnd())];
    }

    /// <summary>Numbers of all weights, trainable or not.</summary>
    public static int Total(Network network) => network.Parameters.Weights.Sum(weight => weight.Weight.Shape.Size);
}
