using CompiledNets.Generator.Passes;

namespace CompiledNets.Generator.Ops;

/// <summary>
/// The gradient of a scan through time: another scan, from the last step to the first, whose body is that of the gradient of one step. It
/// leaves the gradients before activations for all steps, so that those of weights are ordinary ones with the steps as positions.
/// </summary>
internal sealed class ScanDifferentiation
{
    private readonly Scan scan;
    private readonly Gradients outer;
    private readonly List<Op> enter = [];
    private readonly List<Op> body = [];
    private readonly List<Value> made = [];
    private readonly Dictionary<Value, StepPlace> places = [];
    private readonly List<Slice> views = [];
    private readonly HashSet<Value> hoisted = [];
    private readonly Dictionary<SumOverSamples, Value> summed = [];

    public ScanDifferentiation(Scan scan, Gradients outer) => (this.scan, this.outer) = (scan, outer);

    public void Run()
    {
        var inner = new Gradients(body.Add, Needed());
        foreach (ScanState state in scan.States) Begin(inner, state);
        foreach (ScanResult result in scan.Results) Take(inner, result.Each, result.Sequence);
        foreach (Op op in scan.Body.Reverse()) op.Differentiate(inner);
        var contributions = new List<(Value Value, Value Gradient)>();
        for (int i = 0; i < scan.States.Count; i++)
        {
            int size = scan.States[i].Before.Shape.Size;
            Put(inner.Of(scan.States[i].Before), scan.States[i].Before, new(made[i], size, size));
        }

        foreach (ScanSlice slice in scan.Slices)
        {
            if (!outer.IsNeeded(slice.Sequence) || inner.Of(slice.Each) is not { } gradient) continue;
            Value all = slice.Sequence.Gradient();
            made.Add(all);
            Put(gradient, slice.Each, InTime(new(all, 0, slice.Each.Shape.Size)));
            contributions.Add((slice.Sequence, all));
        }

        Op[] ofWeights = [.. body.Where(op => op.Facts.When != When.Blocks)];
        body.RemoveAll(ofWeights.Contains);
        hoisted.UnionWith(ofWeights.SelectMany(op => op.Inputs));
        Op[] overSteps = [.. ofWeights.Select(op => op is SumOverSamples sum && InSteps(sum) is { } summed ? summed : OverSteps(op))];
        Simplify.Keep(body, [.. places.Keys]);
        foreach (Value value in body.SelectMany(op => op.Inputs).Where(IsOfForward)) PlaceOf(value);
        Value[] dropped = [.. made.Take(scan.States.Count).Where((_, i) => Wanted(scan.States[i]) is null)];
        outer.Append(new Scan(scan.Layer, scan.Steps, enter, body, places, made) { Dropped = dropped });
        foreach (Slice view in views) outer.Append(view);
        foreach (Op op in overSteps) Hoist(op, inner);
        foreach ((Value value, Value gradient) in contributions) outer.Contribute(value, gradient);
        for (int i = 0; i < scan.States.Count; i++) End(scan.States[i], made[i]);
    }

    // What the gradient of the body goes through.
    private HashSet<Value> Needed()
    {
        var needed = new HashSet<Value>(scan.Slices.Where(slice => outer.IsNeeded(slice.Sequence)).Select(slice => slice.Each)
            .Concat(scan.States.Select(state => state.Before)).Concat(scan.Inputs.Where(outer.IsNeeded).Where(value => !value.IsSample)));
        foreach (Op op in scan.Body)
            if (op.Inputs.Any(needed.Contains)) needed.UnionWith(op.Outputs);
        return needed;
    }

    // The gradient of a state comes from the step after it, that of the last from outside, and that of each from whoever reads them all.
    private void Begin(Gradients inner, ScanState state)
    {
        int size = state.Before.Shape.Size;
        var carry = new Value(state.Stack.Name + "_carry", state.Stack.Shape, Space.Sample) { Role = Value.GradientRole };
        made.Add(carry);
        var first = new Value(carry.Name + "_first", state.Before.Shape, Space.Sample) { Role = Value.GradientRole };
        places[first] = new(carry, 0, 0);
        enter.Add(outer.Of(state.Last) is { } last
            ? new Pointwise(scan.Layer, [last], Scalar.Operand(0), first) : new Pointwise(scan.Layer, [], [], Scalar.Zero, first));
        var after = new Value(carry.Name + "_after", state.Before.Shape, Space.Sample) { Role = Value.GradientRole };
        places[after] = new(carry, 0, size);
        inner.Contribute(state.Next, after);
        Take(inner, state.Next, state.Sequence);
    }

    private void Take(Gradients inner, Value each, Value sequence)
    {
        if (outer.Of(sequence) is not { } all) return;
        var gradient = new Value(all.Name + "_each", each.Shape, Space.Sample) { Role = Value.GradientRole };
        places[gradient] = InTime(new(all, 0, each.Shape.Size));
        inner.Contribute(each, gradient);
    }

    // The gradient of the state before the first step is that of what it was made of.
    private void End(ScanState state, Value carry)
    {
        if (Wanted(state) is { } initial)
            outer.Contribute(initial, new Slice(scan.Layer, carry, 1, scan.Steps * state.Before.Shape.Size, initial.Gradient()));
    }

    // What a state began as, where its gradient is wanted.
    private Value? Wanted(ScanState state) =>
        scan.Enter.FirstOrDefault(op => scan.PlaceOf(op.Output)?.Of == state.Stack) is { Inputs: [var initial] } && outer.IsNeeded(initial)
            ? initial : null;

    // A gradient is made where it is wanted; nobody's is zero, and one that lies elsewhere is copied.
    private void Put(Value? gradient, Value of, StepPlace place)
    {
        bool isFree = gradient is not null && !places.ContainsKey(gradient)
            && body.Exists(op => op.Facts.When == When.Blocks && op.Outputs.Contains(gradient) && op.PartOf(gradient) is null);
        if (!isFree)
        {
            Value target = of.Gradient("_gradient_out");
            body.Add(gradient is null ? new Pointwise(scan.Layer, [], [], Scalar.Zero, target)
                : new Pointwise(scan.Layer, [gradient], Scalar.Operand(0), target));
            gradient = target;
        }

        places[gradient!] = place;
    }

    private bool IsOfForward(Value value) => value.IsSample && (scan.Makes(value) || scan.PlaceOf(value) is not null);

    // Where a value that the gradient reads lies while that is worked, kept for all steps.
    private StepPlace PlaceOf(Value value)
    {
        if (places.TryGetValue(value, out StepPlace known)) return known;
        if (IsOfForward(value)) return places[value] = InTime(scan.Keep(value));
        if (body.Find(op => op.Outputs.Contains(value)) is not { } maker) return new(value, 0, 0);
        if (maker.PartOf(value) is { } part) return PlaceOf(part.Of).After(part.Start);
        // What is part of something larger that is kept is kept there.
        if (body.Find(op => op.Facts.PartsOfOutput is not null && op.Inputs.Contains(value)
            && (places.ContainsKey(op.Output) || hoisted.Contains(op.Output))) is { } larger)
            return places[value] = PlaceOf(larger.Output).After(larger.Facts.PartsOfOutput![larger.Inputs.ToList().IndexOf(value)]);
        var steps = new Shape(value.Shape.Axes.Prepend(scan.Steps).ToArray());
        var all = new Value(value.Name + "_steps", steps, Space.Sample) { Role = Value.GradientRole };
        made.Add(all);
        return places[value] = InTime(new(all, 0, value.Shape.Size));
    }

    private StepPlace InTime(StepPlace place) => place.Reversed(scan.Steps);

    // The gradient of a weight, of all steps at once.
    private void Hoist(Op op, Gradients inner)
    {
        outer.Append(op);
        foreach (Value weight in scan.Inputs.Where(input => input.Space == Space.Weight))
            foreach (Value gradient in inner.OfWeight(weight).Where(op.Outputs.Contains)) outer.Contribute(weight, gradient);
    }

    private Op OverSteps(Op op) => op switch
    {
        ContractionWeightGradient gradient =>
            new ContractionWeightGradient(op.Layer, [Stacked(gradient.X), Stacked(gradient.Upstream)], op.Outputs)
            {
                PositionsWithout = !gradient.HasBias && scan.Steps > 1 && scan.IsZeroInFirstStep(gradient.X) ? 1 : 0,
            },
        ConvolutionWeightGradient gradient => gradient.OverSteps(scan.Steps, Stacked(gradient.Inputs[0]), Stacked(gradient.Inputs[1])),
        GatherGradient gradient => new GatherGradient(op.Layer, [Stacked(gradient.Indices), Stacked(gradient.Upstream)], op.Output),
        SumOverSamples sum => OverSteps(sum),
        _ => throw new InvalidOperationException($"{op} has no form over steps."),
    };

    // Steps add to what a sample has of the sum while what they add is at hand; sums of one thing have it once. Null where an element of
    // the sum is met more than once in a step.
    private SumOverSamples? InSteps(SumOverSamples sum)
    {
        if (sum.Elements.Rank != 1 || sum.Target.Steps[0] != 1) return null;
        SumOverSamples? same = summed.Keys.FirstOrDefault(other => other.Inputs.SequenceEqual(sum.Inputs)
            && other.Accesses.SequenceEqual(sum.Accesses) && other.Expression == sum.Expression && other.Elements.Equals(sum.Elements));
        if (same is null)
        {
            var all = new Value(sum.Output.Name + "_steps", sum.Elements, Space.Sample) { Role = Value.GradientRole };
            made.Add(all);
            summed[same = sum] = all;
            Value[] parts = [.. new[] { "_first", "_before", "_after" }
                .Select(part => new Value(all.Name + part, all.Shape, Space.Sample) { Role = Value.GradientRole })];
            foreach (Value part in parts) places[part] = new(all, 0, 0);
            enter.Add(new Pointwise(scan.Layer, [], [], Scalar.Zero, parts[0]));
            Scalar added = sum.Expression.Replace(part => part is Scalar.OperandElement e ? Scalar.Operand(e.Index + 1) : null);
            body.Add(new Pointwise(scan.Layer, [parts[1], .. sum.Inputs], [Access.Whole(sum.Elements), .. sum.Accesses],
                Scalar.Operand(0) + added, parts[2]));
        }

        return new(sum.Layer, [summed[same]], [Access.Whole(sum.Elements)], Scalar.Operand(0), sum.Elements, sum.Target, sum.Output);
    }

    private SumOverSamples OverSteps(SumOverSamples sum)
    {
        StepPlace[] inTime = [.. sum.Inputs.Select(input => input.IsSample ? InTime(PlaceOf(input)) : new(input, 0, 0))];
        Access[] accesses = [
            .. sum.Accesses.Select((access, i) =>
            new Access(access.Start + inTime[i].Start, access.Steps.Prepend(inTime[i].Step).ToArray()))];
        return new(sum.Layer, [.. inTime.Select(place => place.Of)], accesses, sum.Expression,
            new(sum.Elements.Axes.Prepend(scan.Steps).ToArray()),
            new(sum.Target.Start, sum.Target.Steps.Prepend(0).ToArray()), sum.Output);
    }

    // A value of the body at all steps, in the order of time, side by side; what lies otherwise is copied.
    private Value Stacked(Value value)
    {
        StepPlace place = InTime(PlaceOf(value));
        if (place.Step != value.Shape.Size)
        {
            var copy = new Pointwise(scan.Layer, [value], Scalar.Operand(0), value.Name + "_copy");
            body.Add(copy);
            return Stacked(copy.Output);
        }

        var all = new Value(value.Name + "_all", new(value.Shape.Axes.Prepend(scan.Steps).ToArray()), Space.Sample);
        if (place.Start == 0 && place.Of.Shape.Equals(all.Shape)) return place.Of;
        views.Add(new(scan.Layer, place.Of, 1, place.Start, all));
        return all;
    }
}
