using CompiledNets.Generator.Ops;
using CompiledNets.Generator.Passes;
using static CompiledNets.Generator.Emit.CodeWriter;

namespace CompiledNets.Generator.Emit;

/// <summary>The table of a network for its summary: layer, output shape, parameters.</summary>
internal static class NetworkTable
{
    public static string[] Write(Network network)
    {
        var rows = new List<(string Layer, string Shape, string Parameters)> { ("layer", "output", "parameters"), ("input", network.Input.ToString(), "") };
        for (int i = 0; i < network.Chain.Count; i++)
        {
            int parameters = network.Parameters.Weights.Where(weight => weight.Layer == i).Sum(weight => weight.Weight.Shape.Size);
            rows.Add(($"{network.Chain[i].Layer.Name} ({network.Chain[i].Layer.Type})", network.OutputOf(i).ToString(), Int(parameters)));
        }

        rows.Add(("total", "", Int(Total(network))));
        int first = rows.Max(row => row.Layer.Length), second = rows.Max(row => row.Shape.Length), third = rows.Max(row => row.Parameters.Length);
        return [.. rows.Select(row => $"{row.Layer.PadRight(first)}  {row.Shape.PadRight(second)}  {row.Parameters.PadLeft(third)}".TrimEnd())];
    }

    /// <summary>Numbers of all weights, trainable or not.</summary>
    public static int Total(Network network) => network.Parameters.Weights.Sum(weight => weight.Weight.Shape.Size);
}
