using CompiledNets.Generator.Ops;

namespace CompiledNets.Generator.Passes;

/// <summary>Where sample values lie in a block: offsets in features, planned from lifetimes so that values that are not needed at the same time share room.</summary>
internal sealed class BlockPlan
{
    private readonly Dictionary<Value, Value> storage = [];
    private readonly Dictionary<Value, int> offsets = [];
    private readonly Dictionary<Op, Value> partials = [];

    /// <summary>Features a block takes.</summary>
    public int Size { get; private set; }

    /// <summary>The values that have room of their own, in the order of their offsets.</summary>
    public IEnumerable<Value> Places => offsets.Keys.OrderBy(value => offsets[value]).ThenBy(value => value.Name, StringComparer.Ordinal);

    /// <summary>Offset of a value.</summary>
    public int Offset(Value value) => offsets[Storage(value)];

    /// <summary>The value in whose room a value lies: its own, or that of the value it is a view of or is worked in place of.</summary>
    public Value Storage(Value value)
    {
        while (storage.TryGetValue(value, out Value? other)) value = other;
        return value;
    }

    /// <summary>Room where an op that needs every sample leaves what it gathered from a block.</summary>
    public Value Partial(Op op) => partials[op];

    /// <summary>Plans a block.</summary>
    /// <param name="ops">All ops in the order they are worked.</param>
    /// <param name="forwardCount">How many of them stand before the loss.</param>
    /// <param name="writtenByLoss">Values that the loss writes.</param>
    /// <param name="kept">Values that must be there at the end.</param>
    /// <param name="input">The input, there from the start.</param>
    public static BlockPlan Plan(IReadOnlyList<Op> ops, int forwardCount, IEnumerable<Value> writtenByLoss, IEnumerable<Value> kept, Value input)
    {
        var plan = new BlockPlan();
        int end = ops.Count;
        var first = new Dictionary<Value, int> { [input] = 0 };
        var last = new Dictionary<Value, int> { [input] = end };
        var sizes = new Dictionary<Value, int> { [input] = input.Shape.Size };
        foreach (Value value in writtenByLoss) Define(value, forwardCount, value.Shape.Size);

        for (int i = 0; i < end; i++)
        {
            Op op = ops[i];
            if (op is Reshape) plan.storage[op.Output] = op.Inputs[0];
            foreach (Value value in op.Inputs.Where(v => v.Space == Space.Sample))
                last[plan.Storage(value)] = Math.Max(Last(plan.Storage(value)), op is ContractionWeightGradient ? end : i);
            // The gradient that is turned is read in whole vectors of features.
            if (op is Turn) sizes[plan.Storage(op.Inputs[0])] = Math.Max(sizes[plan.Storage(op.Inputs[0])], op.Inputs[0].Shape.Size + 15);
            foreach (Value value in op.Outputs.Where(v => v.Space == Space.Sample))
                if (op is not Reshape && !first.ContainsKey(value)) Define(value, i, op is Turn ? value.Shape.Positions * Turn.RowLength(value.Shape) : value.Shape.Size);
            if (PartialSize(op) is > 0 and int size)
            {
                var partial = new Value(op.Output.Name + "_partial", Shape.Of(size), Space.Sample);
                plan.partials[op] = partial;
                Define(partial, i, size);
                last[partial] = end;
            }
        }

        foreach (Value value in kept) last[plan.Storage(value)] = end;
        plan.PutInPlace(ops, first, last, sizes);
        plan.Place(first, last, sizes);
        return plan;

        void Define(Value value, int at, int size)
        {
            first[value] = at;
            last[value] = at;
            sizes[value] = size;
        }

        int Last(Value value) => last.TryGetValue(value, out int at) ? at : 0;
    }

    /// <summary>Features that an op leaves behind in each block for its second half.</summary>
    private static int PartialSize(Op op) => op switch
    {
        SumOverSamples sum => sum.Broadcast.Count,
        BatchMoments { Broadcast: { Outer: 1, Inner: 1 } } => 0,
        BatchMoments moments => 2 * moments.Broadcast.Count,
        _ => 0,
    };

    // A pointwise op may write over an operand that nobody reads afterwards.
    private void PutInPlace(IReadOnlyList<Op> ops, Dictionary<Value, int> first, Dictionary<Value, int> last, Dictionary<Value, int> sizes)
    {
        for (int i = 0; i < ops.Count; i++)
        {
            if (ops[i] is not Pointwise op || !first.TryGetValue(op.Output, out int defined) || defined != i) continue;
            foreach (Value input in op.Inputs.Where(v => v.Space == Space.Sample))
            {
                Value room = Storage(input);
                if (last[room] != i || first[room] == i || sizes[room] < sizes[op.Output]) continue;
                storage[op.Output] = room;
                last[room] = last[op.Output];
                first.Remove(op.Output);
                break;
            }
        }
    }

    private void Place(Dictionary<Value, int> first, Dictionary<Value, int> last, Dictionary<Value, int> sizes)
    {
        foreach (Value value in first.Keys.OrderBy(v => first[v]).ThenByDescending(v => sizes[v]).ThenBy(v => v.Name, StringComparer.Ordinal).ToArray())
        {
            int offset = 0;
            foreach (Value other in offsets.Keys.Where(o => first[o] <= last[value] && first[value] <= last[o]).OrderBy(o => offsets[o]))
            {
                if (offsets[other] >= offset + sizes[value]) break;
                offset = Math.Max(offset, offsets[other] + sizes[other]);
            }

            offsets[value] = offset;
            Size = Math.Max(Size, offset + sizes[value]);
        }
    }
}
