using CompiledNets.Generator.Ops;
using CompiledNets.Generator.Passes;

namespace CompiledNets.Generator.Layers;

/// <summary>
/// z, r = σ(x · kernel + h · recurrent_kernel); h' = z h + (1 - z) activation(g), σ being the recurrent activation. What g is tells when r
/// is applied: after the product with the state, r (h · recurrent_kernel), or before it, (r h) · recurrent_kernel.
/// </summary>
internal sealed record GRUCell : RecurrentCell
{
    public required string? RecurrentActivation { get; init; }

    /// <summary>Whether r is applied after the product with the state, which has a bias of its own then.</summary>
    public required bool ResetAfter { get; init; }

    protected override int Gates => 3;

    private bool HasTwoBiases => ResetAfter && UseBias;

    public override bool Takes(Shape input, ShapeContext context) =>
        base.Takes(input, context) && Keeps(RecurrentActivation, nameof(RecurrentActivation), context);

    public override IEnumerable<Weight> Weights(Shape input) => !HasTwoBiases ? base.Weights(input)
        : base.Weights(input)
        .Select(weight => weight.Kernel is null ? weight : new(weight.Name, Shape.Of(2, 3 * Units), weight.Initializer));

    // Biases are added where a step reads what they belong to, which costs no pass over all steps.
    public override Value Project(Lowering lowering, Value input) => !HasTwoBiases ? base.Project(lowering, input)
        : lowering.Add(new Contraction(Name, input, lowering.Weight(Prefix + "kernel"), null, $"{Name}_{Prefix}product"));

    protected override bool ProjectsBias => UseBias && !HasTwoBiases;

    protected override IReadOnlyList<Value> Step(Lowering lowering, Value projected, IReadOnlyList<Value> states, Value recurrent)
    {
        Value state = Recur(lowering, recurrent);
        IReadOnlyList<Value> x = Split(lowering, projected, 2, "xzr", "xg"), own = Split(lowering, state, 2, "hzr", "hg");
        Scalar a = Scalar.Operand(0), b = Scalar.Operand(1);
        Value sum = Join(lowering, "zr_sum", a + b, Biased(lowering, x[0], "zr_input", 0), Biased(lowering, own[0], "zr_state", 3));
        IReadOnlyList<Value> gates = IsElementwise(RecurrentActivation)
            ? Split(lowering, Activate(lowering, RecurrentActivation, sum), "z", "r")
            : [.. Split(lowering, sum, "z_sum", "r_sum").Select(gate => Activate(lowering, RecurrentActivation, gate))];
        Value g;
        if (ResetAfter)
        {
            g = Join(lowering, "g_sum", a + (b * Scalar.Operand(2)), Biased(lowering, x[1], "g_input", 2), gates[1],
                Biased(lowering, own[1], "g_state", 5));
        }
        else
        {
            // The state as the last gate has it.
            Value left = recurrent.Shape.Last > Units ? Split(lowering, recurrent, 2, "h_zr", "h_g")[1] : recurrent;
            Value reset = Recur(lowering, Join(lowering, "reset", a * b, gates[1], left));
            g = Join(lowering, "g_sum", a + b, x[1], Split(lowering, reset, 2, "unused", "reset_g")[1]);
        }

        Value candidate = Activate(lowering, Activation, g);
        return [Join(lowering, "h", Scalar.Operand(2) + (a * (b - Scalar.Operand(2))), gates[0], states[0], candidate)];
    }

    // With the bias of one of six gates, the first three of which belong to the input.
    private Value Biased(Lowering lowering, Value gate, string name, int row) => !HasTwoBiases ? gate
        : lowering.Add(new Pointwise(Name, [gate, lowering.Weight(Prefix + "bias")],
            [Access.Whole(gate.Shape), new(row * Units, new([1]))], Scalar.Operand(0) + Scalar.Operand(1),
            new Value($"{Name}_{Prefix}{name}", gate.Shape, Space.Sample)));
}
