using CompiledNets.Generator.Ops;

namespace CompiledNets.Generator.Passes;

/// <summary>Adds the backward ops: each op, last to first, adds to the gradients of what it read.</summary>
internal static class Differentiate
{
    public static TrainingGraph Run(Graph forward)
    {
        var needed = new HashSet<Value>(forward.Trainable.Concat(forward.Inputs));
        foreach (Op op in forward.Ops)
            if (op.Inputs.Any(needed.Contains)) needed.UnionWith(op.Outputs);

        var backward = new List<Op>();
        var behindLogits = new Dictionary<Op, int>();
        var gradients = new Gradients(backward.Add, needed);
        bool isOne = forward.Heads.Count == 1;
        Value[] ofOutputs = [.. forward.Heads.Select(
            head => new Value(isOne ? "output_gradient" : head.Output.Name + "_output_gradient", head.Output.Shape,
            Space.Sample) { Role = Value.GradientRole })];
        for (int h = 0; h < ofOutputs.Length; h++) gradients.Contribute(forward.Heads[h].Output, ofOutputs[h]);
        Value[] ofPenalties = [.. forward.Penalties.Select(penalty => penalty.Gradient())];
        for (int p = 0; p < ofPenalties.Length; p++) gradients.Contribute(forward.Penalties[p], ofPenalties[p]);
        var ofLogits = new Value?[ofOutputs.Length];
        for (int i = forward.Ops.Count - 1; i >= 0; i--)
        {
            Op op = forward.Ops[i];
            int before = backward.Count, head = HeadOf(op);
            op.Differentiate(gradients);
            if (head < 0 || backward.Count == before) continue;
            // The first op makes what the loss may give itself; a second one adds it to what others contribute.
            behindLogits[backward[before]] = head;
            ofLogits[head] = gradients.Last;
        }

        return new()
        {
            Forward = forward,
            Backward = backward,
            Heads = [.. ofOutputs.Zip(ofLogits, (output, logits) => new HeadGradient(output, logits))],
            InputGradients = [.. forward.Inputs.Select(gradients.Of)],
            WeightGradients = forward.Trainable.Where(weight => gradients.OfWeight(weight).Count > 0)
                .ToDictionary(weight => weight, gradients.OfWeight),
            BehindLogits = behindLogits,
            PenaltyGradients = ofPenalties,
        };

        int HeadOf(Op op)
        {
            for (int h = 0; h < forward.Heads.Count; h++)
                if (forward.Heads[h].Logits is not null && forward.Heads[h].Output == op.Output) return h;
            return -1;
        }
    }
}
