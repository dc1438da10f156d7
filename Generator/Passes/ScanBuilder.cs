using CompiledNets.Generator.Ops;

namespace CompiledNets.Generator.Passes;

/// <summary>
/// Puts a scan together: slices of sequences and states go in, ops are added to its body, and what is asked for comes out.
/// </summary>
/// <param name="lowering">Takes the scan.</param>
/// <param name="layer">Name of the layer.</param>
/// <param name="steps">How many steps.</param>
internal sealed class ScanBuilder(Lowering lowering, string layer, int steps)
{
    private readonly List<Op> enter = [];
    private readonly List<Op> body = [];
    private readonly List<Value> made = [];
    private readonly Dictionary<Value, StepPlace> places = [];
    private readonly List<ScanSlice> slices = [];
    private readonly List<ScanState> states = [];
    private readonly List<ScanResult> results = [];

    /// <summary>The slice of a sequence with which each step works.</summary>
    public Value Each(Value sequence)
    {
        var each = new Value(sequence.Name + "_each", new(sequence.Shape.Axes.Skip(1).ToArray()), Space.Sample) { Role = sequence.Role };
        places[each] = new(sequence, 0, each.Shape.Size);
        slices.Add(new(each, sequence));
        return each;
    }

    /// <summary>What one step leaves to the next.</summary>
    /// <param name="name">What it is called.</param>
    /// <param name="shape">Its shape.</param>
    /// <param name="initial">What the first step finds; null for zeros.</param>
    /// <param name="next">Gives what a step makes of what it finds.</param>
    /// <returns>The states.</returns>
    public IReadOnlyList<ScanState> Over(IReadOnlyList<(string Name, Shape Shape, Value? Initial)> initial, Func<IReadOnlyList<Value>,
        IReadOnlyList<Value>> next)
    {
        Value[] before = [.. initial.Select(state => new Value($"{layer}_{state.Name}_before", state.Shape, Space.Sample))];
        Value[] stacks =
            [.. initial.Select(state => new Value($"{layer}_{state.Name}_states", With(state.Shape, steps + 1), Space.Sample))];
        for (int i = 0; i < before.Length; i++)
        {
            int size = before[i].Shape.Size;
            places[before[i]] = new(stacks[i], 0, size);
            var first = new Value($"{layer}_{initial[i].Name}_first", initial[i].Shape, Space.Sample);
            places[first] = new(stacks[i], 0, 0);
            enter.Add(initial[i].Initial is { } given
                ? new Pointwise(layer, [given], Scalar.Operand(0), first) : new Pointwise(layer, [], [], Scalar.Zero, first));
        }

        IReadOnlyList<Value> after = [];
        lowering.Into(body, () => after = next(before));
        for (int i = 0; i < before.Length; i++)
        {
            (string name, Shape shape, _) = initial[i];
            int size = shape.Size;
            Value own = Fresh(after[i]);
            places[own] = new(stacks[i], size, size);
            states.Add(new(before[i], own, stacks[i], new($"{layer}_{name}_sequence", With(shape, steps), Space.Sample),
                new($"{layer}_{name}_last", shape, Space.Sample)));
        }

        return states;
    }

    /// <summary>The values that the body makes at all steps.</summary>
    public Value Collect(Value each, string name)
    {
        Value own = Fresh(each), all = new(name, With(each.Shape, steps), Space.Sample);
        places[own] = new(all, 0, own.Shape.Size);
        results.Add(new(own, all));
        made.Add(all);
        return all;
    }

    /// <summary>Adds the scan to the graph.</summary>
    public void Build()
    {
        foreach (ScanState state in states) made.AddRange([state.Stack, state.Sequence, state.Last]);
        lowering.Add(new Scan(layer, steps, enter, body, places, made) { Slices = slices, States = states, Results = results });
    }

    private static Shape With(Shape shape, int steps) => new(shape.Axes.Prepend(steps).ToArray());

    // A value that the body makes for this place alone.
    private Value Fresh(Value value)
    {
        bool isFree = !places.ContainsKey(value) && body.Exists(op => op.Outputs.Contains(value) && op.PartOf(value) is null);
        if (isFree) return value;
        var copy = new Pointwise(layer, [value], Scalar.Operand(0), value.Name + "_kept");
        body.Add(copy);
        return copy.Output;
    }
}
