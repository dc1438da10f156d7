using CompiledNets.Generator.Ops;
using CompiledNets.Generator.Passes;

namespace CompiledNets.Generator.Layers;

/// <summary>A cell over the steps of a sequence.</summary>
/// <param name="Cell">The cell.</param>
/// <param name="GoBackwards">Whether it begins with the last step.</param>
/// <param name="ZeroOutputForMask">Whether the output of masked steps is 0 instead of that of the step before.</param>
internal sealed record Recurrence(RecurrentCell Cell, bool GoBackwards, bool ZeroOutputForMask)
{
    /// <summary>Whether the states after the last step are those before the first of the next batch.</summary>
    public bool Stateful { get; init; }

    /// <summary>What comes of a sequence.</summary>
    /// <param name="lowering">Takes the ops.</param>
    /// <param name="input">The sequence.</param>
    /// <param name="mask">Which steps are there; null for all.</param>
    /// <param name="initial">The states before the first step; none for zeros.</param>
    /// <returns>The outputs of all steps, that of the last one, and the states after it.</returns>
    public (Value Sequence, Value Last, IReadOnlyList<Value> States) Lower(Lowering lowering, Value input, Value? mask,
        IReadOnlyList<Value> initial)
    {
        string name = Cell.Name;
        int steps = input.Shape[0];
        var each = new Shape(input.Shape.Axes.Skip(1).ToArray());
        if (GoBackwards) input = Backwards(lowering, name, input);
        if (mask is not null && GoBackwards) mask = Backwards(lowering, name, mask);
        CellMasks masks = Cell.Draw(lowering, each);
        Value projected = Cell.Project(lowering, input, masks.Input);
        IReadOnlyList<(string Name, Shape Shape)> own = Cell.States(each);
        Shape state = own[Cell.Output].Shape;
        var scan = new ScanBuilder(lowering, Cell.Prefix.Length == 0 ? name : $"{name}_{Cell.Prefix.TrimEnd('_')}", steps);
        Value x = scan.Each(projected);
        Value? there = mask is null ? null : scan.Each(lowering.Add(Slice.Reshape(name, mask, Shape.Of(steps, 1), name + "_mask_steps")));
        // Masked steps repeat the output before them; before the first that is there it is 0, whatever the state.
        bool hasOwnOutput = there is not null && (ZeroOutputForMask || initial.Count > 0 || Stateful);
        List<(string, Shape, Value?)> states = [.. own.Select((one, i) => (one.Name, one.Shape, i < initial.Count ? initial[i] : null))];
        if (hasOwnOutput && !ZeroOutputForMask) states.Add(("output", state, null));
        Value[] known = [];
        if (Stateful && initial.Count == 0)
        {
            known = [.. own.Select(one => lowering.Known(name, Cell.Prefix + one.Name, one.Shape))];
            for (int i = 0; i < known.Length; i++) states[i] = (own[i].Name, own[i].Shape, known[i]);
        }

        Value? output = null;
        IReadOnlyList<ScanState> all = scan.Over(states, before =>
        {
            IReadOnlyList<Value> after = Cell.Step(lowering, x, [.. before.Take(own.Count)], masks);
            if (there is null) return after;
            if (ZeroOutputForMask) output = Choose(lowering, there, after[Cell.Output], null);
            List<Value> kept = [.. after.Select((value, i) => Choose(lowering, there, value, before[i]))];
            if (hasOwnOutput && !ZeroOutputForMask) kept.Add(Choose(lowering, there, after[Cell.Output], before[before.Count - 1]));
            return kept;
        });
        (Value sequence, Value last) = (all[Cell.Output].Sequence, all[Cell.Output].Last);
        if (hasOwnOutput && !ZeroOutputForMask) (sequence, last) = (all[all.Count - 1].Sequence, all[all.Count - 1].Last);
        if (output is not null) sequence = scan.Collect(output, name + "_outputs");
        scan.Build();
        if (output is not null)
            last = lowering.Add(new Slice(name, sequence, 1, (steps - 1) * state.Size, new(name + "_last_output", state, Space.Sample)));
        for (int i = 0; i < known.Length; i++) lowering.Leave(Cell.Prefix + own[i].Name, known[i], all[i].Last);
        return (sequence, last, [.. all.Take(own.Count).Select(one => one.Last)]);
    }

    /// <summary>The steps of a sequence in the other order.</summary>
    public static Value Backwards(Lowering lowering, string layer, Value sequence)
    {
        Access whole = Access.Whole(sequence.Shape);
        int step = sequence.Shape.Size / sequence.Shape[0];
        int[] steps = [.. whole.Steps];
        steps[0] = -step;
        return lowering.Add(new Pointwise(layer, [sequence], [new((sequence.Shape[0] - 1) * step, steps)], Scalar.Operand(0),
            new Value(sequence.Name + "_backwards", sequence.Shape, Space.Sample)));
    }

    private Value Choose(Lowering lowering, Value there, Value yes, Value? no) => lowering.Add(new Pointwise(Cell.Name,
        no is null ? [there, yes]
        : [there, yes, no], Scalar.IfGreater(Scalar.Operand(0), 0.5, Scalar.Operand(1), no is null ? 0 : Scalar.Operand(2)),
        new Value(yes.Name + (no is null ? "_there" : "_or_before"), yes.Shape, Space.Sample)));
}
