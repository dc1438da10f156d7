using CompiledNets.Generator.Ops;

namespace CompiledNets.Generator.Passes;

/// <summary>
/// The phases of one direction. Sample ops of a phase are worked block by block; what needs every sample (statistics, sums) is finished once behind the phase, and what reads that
/// stands in a later one.
/// </summary>
/// <param name="Blocks">By phase, the ops that are worked over blocks, in order.</param>
/// <param name="After">By phase, the ops that are finished once all blocks are done.</param>
/// <param name="WeightGradients">Ops that are worked over the rows of weights, behind the last phase.</param>
internal sealed record Schedule(List<List<Op>> Blocks, List<List<Op>> After, List<ContractionWeightGradient> WeightGradients)
{
    /// <summary>The ops in the order they are worked.</summary>
    public IEnumerable<Op> InOrder() => Blocks.SelectMany(phase => phase).Concat(WeightGradients);

    /// <summary>Puts each op into the first phase that has all it reads.</summary>
    public static Schedule Of(IEnumerable<Op> ops)
    {
        var ready = new Dictionary<Value, int>();
        var schedule = new Schedule([[]], [[]], []);
        foreach (Op op in ops)
        {
            if (op is ContractionWeightGradient gradient)
            {
                schedule.WeightGradients.Add(gradient);
                continue;
            }

            int phase = op.Inputs.Max(input => ready.TryGetValue(input, out int at) ? at : 0);
            while (schedule.Blocks.Count <= phase)
            {
                schedule.Blocks.Add([]);
                schedule.After.Add([]);
            }

            bool needsAll = op is SumOverSamples or BatchMoments;
            schedule.Blocks[phase].Add(op);
            if (needsAll) schedule.After[phase].Add(op);
            foreach (Value output in op.Outputs) ready[output] = needsAll ? phase + 1 : phase;
        }

        return schedule;
    }
}
