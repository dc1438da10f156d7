using CompiledNets.Generator.Ops;

namespace CompiledNets.Generator.Passes;

/// <summary>
/// The rules that hold between passes. Tests run it behind each one, so that a pass that breaks a rule fails there, with the op at fault, and not in generated code.
/// </summary>
internal static class Verify
{
    /// <summary>Every value is made once, before it is read, and gradients have the shape of what they are gradients of.</summary>
    public static void Graph(TrainingGraph graph)
    {
        var made = new HashSet<Value>(graph.Forward.Views.Select(view => view.Key).Concat(graph.Forward.Views.Select(view => view.Value))) { graph.Forward.Input };
        Ops(graph.Forward.Ops, made);
        made.Add(graph.OutputGradient);
        if (graph.LogitsGradient is not null) made.Add(graph.LogitsGradient);
        Ops(graph.Backward, made, graph.LogitsGradient);
        SameShape(graph.Forward.Output, graph.OutputGradient);
        SameShape(graph.Forward.Logits, graph.LogitsGradient);
        SameShape(graph.Forward.Input, graph.InputGradient);
        foreach (KeyValuePair<Value, Value> pair in graph.WeightGradients)
            if (pair.Key.Shape.Size != pair.Value.Shape.Size) throw new InvalidOperationException($"The gradient of {pair.Key} is {pair.Value}.");
    }

    /// <summary>No op reads a value whose room another op has written since.</summary>
    /// <param name="ops">The ops in the order they are worked.</param>
    /// <param name="plan">Where their values lie.</param>
    /// <param name="beforeLoss">How many of them stand before the loss.</param>
    /// <param name="writtenByLoss">Values that the loss writes.</param>
    public static void Memory(IReadOnlyList<Op> ops, BlockPlan plan, int beforeLoss, IReadOnlyList<Value> writtenByLoss)
    {
        var owner = new Dictionary<int, Value>();
        for (int i = 0; i < ops.Count; i++)
        {
            Op op = ops[i];
            if (i == beforeLoss)
                foreach (Value value in writtenByLoss) Own(value, value.Shape.Size);

            foreach (Value value in op.Inputs.Where(v => v.Space == Space.Sample))
            {
                for (int f = plan.Offset(value); f < plan.Offset(value) + value.Shape.Size; f++)
                {
                    if (owner.TryGetValue(f, out Value? other) && other != plan.Storage(value) && !IsTurned(op, other))
                        throw new InvalidOperationException($"{op} reads {value}, but feature {f} belongs to {other} by then.");
                }
            }

            if (op is Reshape) continue;
            foreach (Value value in op.Outputs.Where(v => v.Space == Space.Sample))
            {
                Own(value, op is Turn ? value.Shape.Positions * Turn.RowLength(value.Shape) : value.Shape.Size);
            }
        }

        void Own(Value value, int size)
        {
            for (int f = plan.Offset(value); f < plan.Offset(value) + size; f++) owner[f] = plan.Storage(value);
        }
    }

    // A turned value has longer rows than its shape says; what lies behind a shorter reading of it is its own.
    private static bool IsTurned(Op op, Value other) => op is ContractionWeightGradient gradient && gradient.Turned == other;

    private static void Ops(IEnumerable<Op> ops, HashSet<Value> made, Value? writtenByLoss = null)
    {
        foreach (Op op in ops)
        {
            foreach (Value input in op.Inputs)
                if (!made.Contains(input) && input.Space == Space.Sample) throw new InvalidOperationException($"{op} reads {input} before it is made.");
            foreach (Value output in op.Outputs)
                if (!made.Add(output) && output != writtenByLoss) throw new InvalidOperationException($"{op} makes {output} again.");
        }
    }

    private static void SameShape(Value? value, Value? gradient)
    {
        if (value is not null && gradient is not null && !value.Shape.Equals(gradient.Shape)) throw new InvalidOperationException($"The gradient of {value} is {gradient}.");
    }
}
