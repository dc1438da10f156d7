using CompiledNets.Generator.Ops;

namespace CompiledNets.Generator.Passes;

/// <summary>
/// The phases of one direction. Sample ops of a phase are worked block by block; what needs every sample (statistics, sums) is finished
/// once after the phase, and what reads that stands in a later one.
/// </summary>
/// <param name="Before">Ops that are worked once before the first phase: what reads weights alone.</param>
/// <param name="Blocks">By phase, the ops that are worked over blocks, in order.</param>
/// <param name="After">By phase, the ops that are finished, or worked, once all blocks are done.</param>
/// <param name="Rows">Ops that are worked over the rows of weights, after the last phase.</param>
internal sealed record Schedule(List<Op> Before, List<List<Op>> Blocks, List<List<Op>> After, List<Op> Rows)
{
    /// <summary>The ops in the order they are worked.</summary>
    public IEnumerable<Op> InOrder() => Parts().SelectMany(part => part);

    /// <summary>
    /// What is worked before the first phase, in each phase and after the last: the ops in the order they are worked, each once.
    /// </summary>
    public IEnumerable<IReadOnlyList<Op>> Parts() => Phases().Prepend(Before).Append(Rows);

    private IEnumerable<IReadOnlyList<Op>> Phases() =>
        Blocks.Zip(After, (blocks, after) => (IReadOnlyList<Op>)[.. blocks, .. after.Where(op => op.Facts.When == When.Once)]);

    /// <summary>Puts each op into the first phase that has all it reads.</summary>
    public static Schedule Of(IEnumerable<Op> ops)
    {
        var ready = new Dictionary<Value, int>();
        var schedule = new Schedule([], [[]], [[]], []);
        foreach (Op op in ops)
        {
            When when = op.Facts.When;
            if (when == When.Rows)
            {
                schedule.Rows.Add(op);
                continue;
            }

            // What is worked once stands after the phase that leaves what it reads; before the first where none does.
            int phase = op.Inputs.Select(input => ready.TryGetValue(input, out int at) ? at : 0).DefaultIfEmpty()
                .Max() - (when == When.Once ? 1 : 0);
            while (schedule.Blocks.Count <= phase)
            {
                schedule.Blocks.Add([]);
                schedule.After.Add([]);
            }

            if (when != When.Once) schedule.Blocks[phase].Add(op);
            if (when != When.Blocks) (phase < 0 ? schedule.Before : schedule.After[phase]).Add(op);
            foreach (Value output in op.Outputs) ready[output] = when == When.Blocks ? phase : phase + 1;
        }

        return schedule;
    }
}
