using CompiledNets.Generator.Ops;

namespace CompiledNets.Generator.Passes;

/// <summary>Leaves out ops whose results nobody reads.</summary>
internal static class Simplify
{
    /// <summary>Keeps of <paramref name="ops"/> what <paramref name="roots"/> depend on.</summary>
    public static HashSet<Op> Live(IReadOnlyList<Op> ops, IEnumerable<Value> roots)
    {
        var wanted = new HashSet<Value>(roots);
        var live = new HashSet<Op>();
        for (int i = ops.Count - 1; i >= 0; i--)
        {
            if (!ops[i].Outputs.Any(wanted.Contains)) continue;
            live.Add(ops[i]);
            wanted.UnionWith(ops[i].Inputs);
        }

        return live;
    }

    /// <summary>Removes dead ops of the backward pass.</summary>
    public static void Run(TrainingGraph graph)
    {
        IEnumerable<Value> roots = graph.Roots;
        HashSet<Op> live = Live(graph.Backward, roots);
        graph.Backward.RemoveAll(op => !live.Contains(op));
    }
}
