using CompiledNets.Generator.Ops;

namespace CompiledNets.Generator.Passes;

/// <summary>
/// Where sample values lie in a block: offsets in features, planned from lifetimes so that values that are not needed at the same time
/// share room.
/// </summary>
internal sealed class BlockPlan
{
    private readonly Dictionary<Value, (Value Of, int Start)> parts = [];
    private readonly Dictionary<Value, Value> inPlace = [];
    private Dictionary<Value, long> offsets = [];
    private readonly Dictionary<Op, Value> partials = [];
    private readonly Dictionary<Value, Life> lives = [];

    /// <summary>
    /// Features that a block may have: an arena is an array of some 2^31 numbers, and holds one block of the widest lanes at least.
    /// </summary>
    public const int MostFeatures = 134_000_000;

    /// <summary>Features a block takes; where they are more than <see cref="MostFeatures"/> there is no program.</summary>
    public long Size { get; private set; }

    /// <summary>The values that have room of their own, in the order of their offsets.</summary>
    public IEnumerable<Value> Places => offsets.Keys.OrderBy(value => offsets[value]).ThenBy(value => value.Name, StringComparer.Ordinal);

    /// <summary>Offset of a value.</summary>
    public int Offset(Value value)
    {
        (Value room, int start) = Storage(value);
        return checked((int)offsets[room] + start);
    }

    /// <summary>The value in whose room a value lies, its own or another's, and where in it.</summary>
    public (Value Room, int Start) Storage(Value value)
    {
        int start = 0;
        while (true)
        {
            if (parts.TryGetValue(value, out (Value Of, int Start) part)) (value, start) = (part.Of, start + part.Start);
            else if (inPlace.TryGetValue(value, out Value? other)) value = other;
            else return (value, start);
        }
    }

    /// <summary>The value that a value is a part of, by way of others too; itself where it is none.</summary>
    public Value Whole(Value value)
    {
        while (parts.TryGetValue(value, out (Value Of, int Start) part)) value = part.Of;
        return value;
    }

    /// <summary>Whether an input of an op was made where it lies in the output.</summary>
    public bool LiesInOutput(Op op, int input) =>
        op.Facts.PartsOfOutput is { } starts && Offset(op.Inputs[input]) == Offset(op.Output) + starts[input];

    /// <summary>Room where an op works, or leaves what it gathered from a block where it needs every sample.</summary>
    public Value Partial(Op op) => partials[op];

    /// <summary>Plans a block.</summary>
    /// <param name="schedules">The directions that are worked, in order: the forward pass and, in training, the backward pass.</param>
    /// <param name="inputs">The inputs, there from the start.</param>
    /// <param name="writtenByLoss">Values that the loss writes, after the first direction.</param>
    /// <param name="kept">Values that must be there at the end.</param>
    public static BlockPlan Plan(IReadOnlyList<Schedule> schedules, IReadOnlyList<Value> inputs, IEnumerable<Value> writtenByLoss,
        IEnumerable<Value> kept)
    {
        var plan = new BlockPlan();
        Op[] ops = [.. schedules.SelectMany(schedule => schedule.InOrder())];
        int end = ops.Length, loss = schedules[0].InOrder().Count();
        int[] phaseEnds = PhaseEnds(schedules);
        plan.FindParts(ops);
        foreach (Value input in inputs) plan.Define(input, 0, input.Shape.Size, end);
        foreach (Value value in writtenByLoss) plan.Define(value, loss, value.Shape.Size, loss);
        for (int i = 0; i < end; i++)
        {
            Op op = ops[i];
            // What is finished after the phase reads its inputs then.
            int last = op.Facts.When switch { When.Rows => end, When.BlocksThenOnce => phaseEnds[i], _ => i };
            foreach (Value value in op.Inputs.Where(input => input.IsSample))
            {
                (Value room, int start) = plan.Storage(value);
                Life life = plan.lives[room];
                life.Last = Math.Max(life.Last, last);
                if (op.Facts.When == When.BlocksThenOnce) life.ReadAfter = last;
                life.Size = Math.Max(life.Size, start + op.Facts.Reach);
            }

            foreach (Value value in op.Outputs.Where(output => output.IsSample))
                plan.Define(value, i, op.Facts.Room > 0 ? op.Facts.Room : value.Shape.Size, op.Facts.When == When.BlocksThenOnce
                    ? phaseEnds[i] : i);
            if (op.Facts.PartialSize > 0)
            {
                Value partial = plan.partials[op] = new Value(op.Output.Name + "_partial", Shape.Of(op.Facts.PartialSize), Space.Sample);
                plan.Define(partial, i, op.Facts.PartialSize, op.Facts.When == When.BlocksThenOnce ? phaseEnds[i] : i);
            }
        }

        foreach (Value value in kept) plan.lives[plan.Storage(value).Room].Last = end;
        plan.PutInPlace(ops);
        (plan.offsets, plan.Size) =
            RoomPlacement.Run(plan.lives.Select(pair => (pair.Key, pair.Value.First, pair.Value.Last, (long)pair.Value.Size)));
        return plan;
    }

    // For each op, the last one of its part.
    private static int[] PhaseEnds(IReadOnlyList<Schedule> schedules)
    {
        var ends = new List<int>();
        foreach (Schedule schedule in schedules)
        {
            foreach (int count in schedule.Parts().Select(part => part.Count))
            {
                int end = ends.Count + count - 1;
                while (ends.Count <= end) ends.Add(end);
            }
        }

        return [.. ends];
    }

    // A part of an input lies in it. What lies in one output, and was made by an op for itself, is made there.
    private void FindParts(Op[] ops)
    {
        var free = new HashSet<Value>();
        foreach (Op op in ops)
        {
            OpFacts facts = op.Facts;
            if (facts.PartOfInput is { } start && op.Output.IsSample)
                for (int i = 0; i < op.Outputs.Count; i++) parts[op.Outputs[i]] = (op.Inputs[0], facts.PartsOfInput?[i] ?? start);
            else free.UnionWith(op.Outputs.Where(output => output.IsSample && facts.Room == 0));
            foreach ((int output, int of, int first) in facts.Within)
            {
                free.Remove(op.Outputs[output]);
                parts[op.Outputs[output]] = (op.Outputs[of], first);
            }

            if (facts.PartsOfOutput is not { } starts) continue;
            for (int i = 0; i < starts.Count; i++)
                if (free.Remove(op.Inputs[i])) parts[op.Inputs[i]] = (op.Output, starts[i]);
        }
    }

    private void Define(Value value, int at, int size, int last)
    {
        (Value room, int start) = Storage(value);
        if (!lives.TryGetValue(room, out Life? life)) lives[room] = life = new() { First = at, Size = room.Shape.Size };
        life.Last = Math.Max(life.Last, last);
        life.Size = Math.Max(life.Size, start + size);
    }

    private void PutInPlace(Op[] ops)
    {
        for (int i = 0; i < ops.Length; i++)
        {
            Op op = ops[i];
            if (!op.Output.IsSample || !lives.TryGetValue(op.Output, out Life? own) || own.First != i) continue;
            foreach (int input in op.Facts.InPlace.Where(input => op.Inputs[input].IsSample))
            {
                (Value Room, int Start) place = Storage(op.Inputs[input]);
                Life life = lives[place.Room];
                if (life.Last != i || life.First == i || life.ReadAfter == i || life.Size - place.Start < own.Size
                    || ReadsAround(op, place)) continue;
                inPlace[op.Output] = op.Inputs[input];
                life.Last = own.Last;
                life.ReadAfter = own.ReadAfter;
                lives.Remove(op.Output);
                break;
            }
        }
    }

    // Whether an op reads something else of a room than what lies at a place of it, element by element.
    private bool ReadsAround(Op op, (Value Room, int Start) place) => Enumerable.Range(0, op.Inputs.Count)
        .Any(i => op.Inputs[i].IsSample && Storage(op.Inputs[i]) is var other && other.Room == place.Room
            && (other.Start != place.Start || !op.Facts.InPlace.Contains(i)));

    /// <summary>From which op to which a room is needed, and its features.</summary>
    private sealed class Life
    {
        public int First { get; init; }

        public int Last { get; set; }

        public int Size { get; set; }

        /// <summary>The op at the end of a phase after which it is read once more; -1 for none.</summary>
        public int ReadAfter { get; set; } = -1;
    }
}
