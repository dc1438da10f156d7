using CompiledNets.Generator.Passes;

namespace CompiledNets.Generator.Ops;

/// <summary>
/// A body of ops that is worked for each step of a sequence, in order. Its values lie in values outside, at places that move from step to
/// step, so that ops and kernels of the body are those of any graph: the loop around them is all that a scan is.
/// </summary>
/// <remarks>
/// What only one step needs has the room of one. What the gradient reads is kept for all steps, which <see cref="Keep"/> sees to while the
/// graph is differentiated.
/// </remarks>
internal sealed class Scan : Op
{
    private readonly Dictionary<Value, StepPlace> places;
    private readonly List<Value> made;

    /// <param name="layer">Name of the layer.</param>
    /// <param name="steps">How many steps.</param>
    /// <param name="enter">What is worked before the first step, at the places of step 0.</param>
    /// <param name="body">What is worked at each step.</param>
    /// <param name="places">Where values of the body lie. Others that the body makes are a step's own.</param>
    /// <param name="made">The values outside that it makes.</param>
    public Scan(string layer, int steps, IReadOnlyList<Op> enter, IReadOnlyList<Op> body, Dictionary<Value, StepPlace> places,
        List<Value> made)
        : base(layer, Reads(enter, body, places, made))
        => (Steps, Enter, Body, this.places, this.made) = (steps, enter, body, places, made);

    public int Steps { get; }

    public IReadOnlyList<Op> Enter { get; }

    public IReadOnlyList<Op> Body { get; }

    /// <summary>Slices of sequences that it reads; for the gradient.</summary>
    public IReadOnlyList<ScanSlice> Slices { get; init; } = [];

    /// <summary>What it hands from step to step; for the gradient.</summary>
    public IReadOnlyList<ScanState> States { get; init; } = [];

    /// <summary>What is kept for each step; for the gradient.</summary>
    public IReadOnlyList<ScanResult> Results { get; init; } = [];

    /// <summary>What is handed from step to step and read by nobody after the last.</summary>
    public IReadOnlyCollection<Value> Dropped { get; init; } = [];

    public override IReadOnlyList<Value> Outputs => made;

    public override IEnumerable<Op> AndInner() => Enter.Concat(Body).SelectMany(op => op.AndInner()).Prepend(this);

    /// <summary>Whether the body makes a value.</summary>
    public bool Makes(Value value) => Maker(value) is not null;

    /// <summary>
    /// What an op of the body comes to in the first step, where it multiplies a state that is zero then; null where it is as ever.
    /// </summary>
    public Op? InFirstStep(Op op)
    {
        if (op is not Contraction { Bias: null, Beside: { } beside, Epilogue: { } epilogue } product || !IsZeroInFirstStep(product.X))
            return null;
        Scalar rest = epilogue.Replace(part => part is Scalar.OperandElement e ? e.Index == 0 ? Scalar.Zero : Scalar.Operand(0) : null);
        return new Pointwise(op.Layer, [beside], rest, op.Output);
    }

    /// <summary>Whether a value that the body reads is a state that begins as zero.</summary>
    public bool IsZeroInFirstStep(Value value) => PlaceOf(value) is { Start: 0 } place && Enter.OfType<Pointwise>()
        .Any(first => first.Inputs.Count == 0 && first.Expression == Scalar.Zero && PlaceOf(first.Output)?.Of == place.Of);

    /// <summary>Whether nobody reads what an op of the body makes in the last step.</summary>
    public bool IsIdleInLastStep(Op op) => op.Outputs.Count == 1 && PlaceOf(op.Output) is { Start: > 0 } place && place.Start == place.Step
        && Dropped.Contains(place.Of) && Body.All(other => !other.Inputs.Contains(op.Output));

    /// <summary>Where a value that an op reads or makes lies; null where that is the same at each step, outside.</summary>
    public StepPlace? PlaceOf(Value value)
    {
        (Value whole, int start) = Whole(value);
        return places.TryGetValue(whole, out StepPlace place) ? place.After(start) : null;
    }

    /// <summary>Keeps a value of the body for all steps, and says where those of each lie. One from outside is the same at each.</summary>
    public StepPlace Keep(Value value)
    {
        (Value whole, int start) = Whole(value);
        if (!places.TryGetValue(whole, out StepPlace place))
        {
            if (!Makes(whole)) return new(whole, start, 0);
            var all = new Value(whole.Name + "_steps", new(whole.Shape.Axes.Prepend(Steps).ToArray()), Space.Sample);
            made.Add(all);
            places[whole] = place = new(all, 0, whole.Shape.Size);
        }

        return place.After(start);
    }

    /// <summary>The value of the body in which a value lies, and where: itself, where it is no part of one.</summary>
    public (Value Whole, int Start) Whole(Value value)
    {
        int start = 0;
        while (!places.ContainsKey(value) && Maker(value)?.PartOf(value) is { } part) (value, start) = (part.Of, start + part.Start);
        return (value, start);
    }

    /// <summary>Whether an input of a concatenation in the body was made where it lies in the output.</summary>
    public bool LiesInOutput(Concatenate op, int input) =>
        PlaceOf(op.Inputs[input]) is { } own && own == PlaceOf(op.Output)?.After(op.Start(input));

    /// <summary>
    /// The scan as it is printed: its body simplified and fused, what lies in a concatenation made there, and room for one step for what no
    /// other step needs.
    /// </summary>
    public Scan Settle()
    {
        List<Op> body = [.. Body];
        var wanted = new HashSet<Value>(places.Keys);
        Simplify.Keep(body, wanted);
        Fuse.Run(body, places.Keys, []);
        var own = new Dictionary<Value, StepPlace>(places);
        List<Value> all = [.. made];
        var byBody = new HashSet<Value>(body.SelectMany(op => op.Outputs.Where(output => op.PartOf(output) is null)));
        foreach (Op op in body)
        {
            if (op.Facts.PartsOfOutput is not { } starts) continue;
            Room(op.Output);
            for (int i = 0; i < starts.Count; i++)
                if (byBody.Contains(op.Inputs[i]) && !own.ContainsKey(op.Inputs[i])) own[op.Inputs[i]] = own[op.Output].After(starts[i]);
        }

        foreach (Value value in byBody) Room(value);
        return new(Layer, Steps, Enter, body, own, all) { Slices = Slices, States = States, Results = Results, Dropped = Dropped };

        void Room(Value value)
        {
            if (own.ContainsKey(value)) return;
            all.Add(value);
            own[value] = new(value, 0, 0);
        }
    }

    public override void Differentiate(Gradients gradients)
    {
        if (Outputs.Any(output => gradients.Of(output) is not null)) new ScanDifferentiation(this, gradients).Run();
    }

    public override void Evaluate(Evaluation evaluation)
    {
        foreach (Value value in made) evaluation.Make(value);
        foreach (Op op in Enter) At(op, 0);
        for (int t = 0; t < Steps; t++)
            foreach (Op op in Body) At(op, t);
        foreach ((int output, int of, int start) in Facts.Within)
            Copy(evaluation, new(made[of], start, 0), made[output], 0, isWritten: false);

        void At(Op op, int step)
        {
            foreach (Value input in op.Inputs)
                if (places.TryGetValue(input, out StepPlace place) && place.Of != input)
                    Copy(evaluation, place, input, step, isWritten: false);
            op.Evaluate(evaluation);
            foreach (Value output in op.Outputs)
                if (places.TryGetValue(output, out StepPlace place) && place.Of != output)
                    Copy(evaluation, place, output, step, isWritten: true);
        }
    }

    protected override OpFacts MakeFacts()
    {
        var within = new List<(int, int, int)>();
        foreach (ScanState state in States)
        {
            int stack = made.IndexOf(state.Stack), size = state.Before.Shape.Size;
            within.Add((made.IndexOf(state.Sequence), stack, size));
            within.Add((made.IndexOf(state.Last), stack, Steps * size));
        }

        return new() { Within = within, Work = Steps * Body.Sum(op => op.Facts.Work) };
    }

    // The op of the body that makes a value. One that is a scan itself may come to make more.
    private Op? Maker(Value value)
    {
        foreach (Op op in Body)
            if (op.Outputs.Contains(value)) return op;
        return null;
    }

    private static void Copy(Evaluation evaluation, StepPlace place, Value value, int step, bool isWritten)
    {
        double[] all = evaluation[place.Of];
        double[] one = isWritten ? evaluation[value] : evaluation.Make(value);
        int size = value.Shape.Size, start = place.Start + (step * place.Step);
        for (int s = 0; s < evaluation.Samples; s++)
        {
            if (isWritten) Array.Copy(one, s * size, all, (s * place.Of.Shape.Size) + start, size);
            else Array.Copy(all, (s * place.Of.Shape.Size) + start, one, s * size, size);
        }
    }

    // What it reads from outside, each once.
    private static Value[] Reads(IReadOnlyList<Op> enter, IReadOnlyList<Op> body, Dictionary<Value, StepPlace> places, List<Value> made)
    {
        var own = new HashSet<Value>(enter.Concat(body).SelectMany(op => op.Outputs).Concat(made));
        return [.. enter.Concat(body).SelectMany(op => op.Inputs)
            .Select(input => places.TryGetValue(input, out StepPlace place) ? place.Of : input).Where(input => !own.Contains(input))
            .Distinct()];
    }
}
