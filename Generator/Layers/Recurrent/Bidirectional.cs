using CompiledNets.Generator.Diagnostics;
using CompiledNets.Generator.Ops;
using CompiledNets.Generator.Passes;

namespace CompiledNets.Generator.Layers;

/// <summary>A recurrent layer once from the first step on and once from the last, with weights of their own.</summary>
internal sealed record Bidirectional : Layer
{
    private const string Forward = "forward_", Backward = "backward_";

    public override string Type => "Bidirectional";

    /// <summary>The recurrent layer.</summary>
    public required Layer Wrapped { get; init; }

    /// <summary>How both outputs become one: concat, sum, mul, ave; none for both.</summary>
    public required string MergeMode { get; init; }

    public override MaskRule Mask => MaskRule.Uses;

    private RecurrentLayer Inner => (RecurrentLayer)Wrapped;

    private RecurrentCell ForwardCell => Inner.Cell with { Name = Name, Prefix = Forward };

    private RecurrentCell BackwardCell => Inner.Cell with { Name = Name, Prefix = Backward, Stream = DropMask.OfCell };

    public override IReadOnlyList<string> OutputNames
    {
        get
        {
            if (Wrapped is not RecurrentLayer inner) return base.OutputNames;
            string[] outputs = MergeMode == "none" ? ["forward", "backward"] : ["output"];
            IEnumerable<string> states = !inner.ReturnState ? []
                : new[] { Forward, Backward }.SelectMany(prefix => inner.Cell.States(Shape.Of(1))
                    .Select(state => $"{prefix}state_{state.Name}"));
            return [.. outputs, .. states];
        }
    }

    public static Bidirectional Resolve(Arguments arguments) => new()
    {
        Index = arguments.Index,
        Name = arguments.Name,
        Trainable = arguments.Trainable && arguments.Wrapped.Trainable,
        Activity = arguments.Wrapped.Activity,
        Wrapped = arguments.Wrapped,
        MergeMode = arguments.Choice(nameof(MergeMode), "concat", "way to merge", ["ave", "concat", "mul", "none", "sum"]),
    };

    public override WeightRules? RulesOf(Weight weight) =>
        Wrapped.RulesOf(weight with { Name = weight.Name.Substring(weight.Name.IndexOf('_') + 1) });

    public override bool GivesMask(IReadOnlyList<bool> masked) => Wrapped.GivesMask(masked);

    public override Value? LowerMask(Lowering lowering, IReadOnlyList<Value> inputs) => Wrapped.LowerMask(lowering, inputs);

    public override IReadOnlyList<Shape>? InferShapes(IReadOnlyList<Shape> inputs, ShapeContext context)
    {
        if (Wrapped is not RecurrentLayer)
        {
            context.Findings.Add(DiagnosticDescriptors.NothingToWrap.Id, context.Index, null, Type,
                $"[{Wrapped.Type}] is no recurrent layer");
            return null;
        }

        Shape input = RecurrentLayer.Each(inputs[0]);
        if (!Inner.Cell.Takes(input, context with { Index = Wrapped.Index, Given = inputs[0].ToString() })
            || !RecurrentLayer.HasStates([Inner.Cell, Inner.Cell], input, inputs, context)) return null;
        IReadOnlyList<(string Name, Shape Shape)> states = Inner.Cell.States(input);
        Shape state = states[Inner.Cell.Output].Shape;
        Shape one = Inner.ReturnSequences ? new(state.Axes.Prepend(inputs[0][0]).ToArray()) : state;
        Shape[] outputs = MergeMode switch { "none" => [one, one], "concat" => [one.WithLast(2 * one.Last)], _ => [one] };
        return Inner.ReturnState ? [.. outputs, .. states.Concat(states).Select(own => own.Shape)] : outputs;
    }

    public override IEnumerable<Weight> Weights(IReadOnlyList<Shape> inputs)
    {
        Shape input = RecurrentLayer.Each(inputs[0]);
        return ForwardCell.Weights(input).Concat(BackwardCell.Weights(input));
    }

    public override IReadOnlyList<Value> Lower(Lowering lowering, IReadOnlyList<Value> inputs)
    {
        Value? mask = lowering.MaskOf(inputs[0]);
        Value[] initial = [.. inputs.Skip(1)];
        int half = initial.Length / 2;
        // With sequences, masked steps are 0 on both sides.
        bool zeros = Inner.ReturnSequences || Inner.ZeroOutputForMask;
        var there = new Recurrence(ForwardCell, Inner.GoBackwards, zeros) { Stateful = Inner.Stateful };
        var back = new Recurrence(BackwardCell, !Inner.GoBackwards, zeros) { Stateful = Inner.Stateful };
        var (sequence, last, states) = there.Lower(lowering, inputs[0], mask, [.. initial.Take(half)]);
        var (other, otherLast, others) = back.Lower(lowering, inputs[0], mask, [.. initial.Skip(half)]);
        Value forward = Inner.ReturnSequences ? sequence : last;
        Value backward = Inner.ReturnSequences ? Recurrence.Backwards(lowering, Name, other) : otherLast;
        Value[] outputs = MergeMode == "none" ? [forward, backward] : [Merged(lowering, forward, backward)];
        return Inner.ReturnState ? [.. outputs, .. states, .. others] : outputs;
    }

    private Value Merged(Lowering lowering, Value forward, Value backward)
    {
        Scalar a = Scalar.Operand(0), b = Scalar.Operand(1);
        if (MergeMode == "concat")
        {
            Shape shape = forward.Shape.WithLast(2 * forward.Shape.Last);
            return lowering.Add(
                new Ops.Concatenate(Name, [forward, backward], forward.Shape.Positions, new Value(Name, shape, Space.Sample)));
        }

        Scalar joined = MergeMode switch { "mul" => a * b, "ave" => 0.5 * (a + b), _ => a + b };
        return lowering.Add(new Pointwise(Name, [forward, backward], joined, Name));
    }
}
