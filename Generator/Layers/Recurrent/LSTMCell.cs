using CompiledNets.Generator.Ops;
using CompiledNets.Generator.Passes;

namespace CompiledNets.Generator.Layers;

/// <summary>
/// i, f, g, o = x · kernel + bias + h · recurrent_kernel; c' = σ(f) c + σ(i) activation(g); h' = σ(o) activation(c'), σ being the recurrent
/// activation.
/// </summary>
internal record LSTMCell : RecurrentCell
{
    public required string? RecurrentActivation { get; init; }

    /// <summary>Whether the bias of f starts at 1.</summary>
    public required bool UnitForgetBias { get; init; }

    protected override int Gates => 4;

    public override IReadOnlyList<string> StateNames => ["h", "c"];

    protected override string InitialBias => !UnitForgetBias ? BiasInitializer
        : $"static () => global::CompiledNets.Execution.GateBias.UnitForget({Inner(BiasInitializer)})";

    public override bool Takes(Shape input, ShapeContext context) =>
        base.Takes(input, context) && Keeps(RecurrentActivation, nameof(RecurrentActivation), context);

    protected override IReadOnlyList<Value> Step(Lowering lowering, Value projected, IReadOnlyList<Value> states, Value recurrent)
    {
        IReadOnlyList<Value> z = Gate(lowering, Sum(lowering, projected, recurrent));
        Scalar a = Scalar.Operand(0), b = Scalar.Operand(1);
        Value candidate = Activate(lowering, Activation, z[2]);
        Value c = Join(lowering, "c", (a * b) + (Scalar.Operand(2) * Scalar.Operand(3)), z[1], states[1], z[0], candidate);
        Value h = Join(lowering, "h", a * b, z[3], Activate(lowering, Activation, c));
        return [h, c];
    }

    /// <summary>i and f, g before its activation, and o. Neighbours are activated together.</summary>
    protected virtual IReadOnlyList<Value> Gate(Lowering lowering, Value sum)
    {
        if (!IsElementwise(RecurrentActivation))
        {
            IReadOnlyList<Value> each = Split(lowering, sum, "i", "f", "g", "o");
            return [Activate(lowering, RecurrentActivation, each[0]), Activate(lowering, RecurrentActivation, each[1]), each[2],
                Activate(lowering, RecurrentActivation, each[3])];
        }

        IReadOnlyList<Value> parts = Split(lowering, sum, 2, "if", "g", "o");
        IReadOnlyList<Value> gates = Split(lowering, Activate(lowering, RecurrentActivation, parts[0]), "i", "f");
        return [gates[0], gates[1], parts[1], Activate(lowering, RecurrentActivation, parts[2])];
    }

    private static string Inner(string initializer) => initializer.StartsWith("static () => ", StringComparison.Ordinal)
        ? initializer.Substring("static () => ".Length) : $"global::CompiledNets.Initializer.Get(\"{initializer}\")";
}
