using CompiledNets.Generator.Ops;

namespace CompiledNets.Generator.Passes;

/// <summary>Leaves out ops whose results nobody reads.</summary>
internal static class Simplify
{
    /// <summary>Removes dead ops of the backward pass, and of the forward pass what serves neither it nor an output.</summary>
    public static void Run(TrainingGraph graph)
    {
        var wanted = new HashSet<Value>(graph.Roots);
        Keep(graph.Backward, wanted);
        Keep(graph.Forward.Ops, wanted);
    }

    /// <summary>Removes dead ops of inference.</summary>
    public static void Run(Graph graph) => Keep(graph.Ops, [.. graph.Roots]);

    /// <summary>A graph without its penalties, and masks of its outputs, which predictions do not ask for.</summary>
    public static Graph ForPredictions(Graph graph)
    {
        if (graph.Penalties.Count == 0 && graph.Heads.All(head => head.Mask is null)) return graph;
        var outputs =
            new Graph { Inputs = graph.Inputs, States = graph.States, Heads = [.. graph.Heads.Select(head => head with { Mask = null })] };
        outputs.Ops.AddRange(graph.Ops);
        Run(outputs);
        return outputs;
    }

    /// <summary>Leaves those ops that make wanted values or change weights, whoever reads their outputs, and what these read.</summary>
    public static void Keep(List<Op> ops, HashSet<Value> wanted)
    {
        var dead = new HashSet<Op>();
        for (int i = ops.Count - 1; i >= 0; i--)
        {
            if (ops[i].Outputs.Any(wanted.Contains) || ops[i].Facts.Writes.Count > 0) wanted.UnionWith(ops[i].Inputs);
            else dead.Add(ops[i]);
        }

        ops.RemoveAll(dead.Contains);
    }
}
