using CompiledNets.Generator.Ops;

namespace CompiledNets.Generator.Passes;

/// <summary>
/// The rules that hold between passes. Tests run it after each one, so that a pass that breaks a rule fails there, with the op at fault,
/// and not in generated code.
/// </summary>
internal static class Verify
{
    /// <summary>Every value is made once, before it is read, and gradients have the shape of what they are gradients of.</summary>
    public static void Graph(TrainingGraph graph)
    {
        HashSet<Value> made = [.. graph.Forward.Inputs];
        Ops(graph.Forward.Ops, made, []);
        HashSet<Value> writtenByLoss = [.. graph.WrittenByLoss];
        made.UnionWith(writtenByLoss);
        Ops(graph.Backward, made, writtenByLoss);
        foreach (Value root in graph.Roots)
            if (!made.Contains(root)) throw new InvalidOperationException($"Nobody makes {root}.");
        for (int h = 0; h < graph.Heads.Count; h++)
        {
            SameShape(graph.Forward.Heads[h].Output, graph.Heads[h].Output);
            SameShape(graph.Forward.Heads[h].Logits, graph.Heads[h].Logits);
        }

        for (int i = 0; i < graph.InputGradients.Count; i++) SameShape(graph.Forward.Inputs[i], graph.InputGradients[i]);
        foreach (KeyValuePair<Value, IReadOnlyList<Value>> pair in graph.WeightGradients)
            foreach (Value gradient in pair.Value) SameShape(pair.Key, gradient);
    }

    /// <summary>Every value is made once, before it is read.</summary>
    public static void Graph(Graph graph)
    {
        HashSet<Value> made = [.. graph.Inputs];
        Ops(graph.Ops, made, []);
        foreach (Value root in graph.Roots)
            if (!made.Contains(root)) throw new InvalidOperationException($"Nobody makes {root}.");
    }

    /// <summary>No op reads a value whose room another op has written since.</summary>
    /// <param name="schedules">The directions, in the order they are worked.</param>
    /// <param name="plan">Where their values lie.</param>
    /// <param name="inputs">Values that are there from the start.</param>
    /// <param name="writtenByLoss">Values that the loss writes after the first direction.</param>
    public static void Memory(IReadOnlyList<Schedule> schedules, BlockPlan plan, IReadOnlyList<Value> inputs,
        IReadOnlyList<Value> writtenByLoss)
    {
        var owner = new Value?[checked((int)plan.Size)];
        foreach (Value input in inputs) Own(input, input.Shape.Size);
        for (int s = 0; s < schedules.Count; s++)
        {
            if (s == 1)
                foreach (Value value in writtenByLoss) Own(value, value.Shape.Size);
            foreach (IReadOnlyList<Op> phase in schedules[s].Parts())
            {
                foreach (Op op in phase)
                {
                    if (op.Facts.PartOfInput is not null) continue;
                    foreach (Value value in op.Inputs.Where(input => input.IsSample)) Check(op, value);
                    foreach (Value value in op.Outputs.Where(output => output.IsSample))
                        Own(value, op.Facts.Room > 0 ? op.Facts.Room : value.Shape.Size);
                    if (op.Facts.PartialSize > 0) Own(plan.Partial(op), op.Facts.PartialSize);
                }

                foreach (Op op in phase.Where(op => op.Facts.When == When.BlocksThenOnce))
                    foreach (Value value in op.Inputs.Where(input => input.IsSample)) Check(op, value);
            }
        }

        void Own(Value value, int size)
        {
            for (int f = plan.Offset(value); f < plan.Offset(value) + size; f++) owner[f] = plan.Whole(value);
        }

        void Check(Op op, Value value)
        {
            for (int f = plan.Offset(value); f < plan.Offset(value) + value.Shape.Size; f++)
                if (owner[f] != plan.Whole(value))
                    throw new InvalidOperationException($"{op} reads {value}, but feature {f} belongs to {owner[f]} by then.");
        }
    }

    private static void Ops(IEnumerable<Op> ops, HashSet<Value> made, HashSet<Value> writtenByLoss)
    {
        var read = new HashSet<Value>();
        foreach (Op op in ops)
        {
            foreach (Value input in op.Inputs)
                if (!made.Contains(input) && input.Space != Space.Weight)
                    throw new InvalidOperationException($"{op} reads {input} before it is made.");
            foreach (int input in op.Facts.Writes)
            {
                Value weight = op.Inputs[input];
                if (weight.Space != Space.Weight) throw new InvalidOperationException($"{op} changes {weight}, which is no weight.");
                if (op.Facts.When == When.Once && read.Contains(weight))
                    throw new InvalidOperationException($"{op} changes {weight}, which was read before.");
            }

            read.UnionWith(op.Inputs);
            foreach (Value output in op.Outputs)
                if (!made.Add(output) && !writtenByLoss.Contains(output))
                    throw new InvalidOperationException($"{op} makes {output} again.");
        }
    }

    private static void SameShape(Value? value, Value? gradient)
    {
        if (value is not null && gradient is not null && !value.Shape.Equals(gradient.Shape))
            throw new InvalidOperationException($"The gradient of {value} is {gradient}.");
    }
}
