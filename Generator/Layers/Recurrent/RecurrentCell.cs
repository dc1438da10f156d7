using CompiledNets.Generator.Diagnostics;
using CompiledNets.Generator.Ops;
using CompiledNets.Generator.Passes;

namespace CompiledNets.Generator.Layers;

/// <summary>One step of a recurrent layer: what it makes of its input and the states that the step before left.</summary>
internal abstract record RecurrentCell
{
    /// <summary>Name of the layer, for names and comments.</summary>
    public string Name { get; init; } = "";

    /// <summary>What stands before the names of its weights: <c>forward_</c>.</summary>
    public string Prefix { get; init; } = "";

    public int Units { get; init; }

    public string? Activation { get; init; }

    public bool UseBias { get; init; }

    public string KernelInitializer { get; init; } = "";

    public string RecurrentInitializer { get; init; } = "";

    public string BiasInitializer { get; init; } = "";

    /// <summary>What is dropped of the input in training: one mask for all steps.</summary>
    public double Dropout { get; init; }

    /// <summary>What is dropped of the state: one mask for all steps.</summary>
    public double RecurrentDropout { get; init; }

    /// <summary>Sums of a unit.</summary>
    protected abstract int Gates { get; }

    /// <summary>What its states are called.</summary>
    public virtual IReadOnlyList<string> StateNames => ["h"];

    /// <summary>Its states for an input of a step.</summary>
    public virtual IReadOnlyList<(string Name, Shape Shape)> States(Shape input) => [.. StateNames.Select(name => (name, Shape.Of(Units)))];

    /// <summary>Which of its states is its output.</summary>
    public virtual int Output => 0;

    /// <summary>Whether it can take such an input of a step; a finding where it cannot.</summary>
    public virtual bool Takes(Shape input, ShapeContext context) =>
        HasSteps(input, 1, "(steps, features)", context) && Keeps(Activation, "Activation", context);

    /// <summary>Its weights for an input of a step, in Keras's order.</summary>
    public virtual IEnumerable<Weight> Weights(Shape input)
    {
        yield return new(Prefix + "kernel", Shape.Of(input.Last, Gates * Units), KernelInitializer);
        yield return new(Prefix + "recurrent_kernel", Shape.Of(Units, Gates * Units), RecurrentInitializer);
        if (UseBias) yield return new(Prefix + "bias", Shape.Of(Gates * Units), InitialBias) { Kernel = Prefix + "kernel" };
    }

    /// <summary>How the bias starts.</summary>
    protected virtual string InitialBias => BiasInitializer;

    /// <summary>Whether each gate has masks of its own, of the input too: so it is where numbers of the state are dropped.</summary>
    protected virtual bool DropsByGate => Gates > 1 && RecurrentDropout != 0;

    /// <summary>What is dropped in training, drawn once for all steps.</summary>
    public virtual CellMasks Draw(Lowering lowering, Shape input)
    {
        Shape state = States(input)[0].Shape;
        return new(DropMask.Draw(lowering, Name, Dropout, OfGates(input), DropMask.Input + Stream),
            DropMask.Draw(lowering, Name, RecurrentDropout, OfGates(state), DropMask.State + Stream));

        Shape OfGates(Shape shape) => DropsByGate ? new(shape.Axes.Prepend(Gates).ToArray()) : shape;
    }

    /// <summary>What of the input goes into the sums, after some of it was dropped: of one step, or of all at once.</summary>
    public Value Project(Lowering lowering, Value input, Value? mask) =>
        mask is null || !DropsByGate ? Project(lowering, DropMask.Apply(lowering, Name, input, mask))
            : ProjectByGates(lowering, DropMask.ApplyByGates(lowering, Name, input, mask));

    /// <summary>The same where each gate has its own numbers of the input, side by side.</summary>
    protected virtual Value ProjectByGates(Lowering lowering, Value input) => ByGates(lowering, input, lowering.Weight(Prefix + "kernel"),
        ProjectsBias ? lowering.Weight(Prefix + "bias") : null, "input");

    /// <summary>Whether the bias is added to what of the input goes into the sums.</summary>
    protected virtual bool ProjectsBias => UseBias;

    /// <summary>What of the input goes into the sums: of one step, or of all at once.</summary>
    public virtual Value Project(Lowering lowering, Value input) => lowering.Add(new Contraction(Name, input,
        lowering.Weight(Prefix + "kernel"), UseBias ? lowering.Weight(Prefix + "bias") : null, $"{Name}_{Prefix}input"));

    /// <summary>The states after a step.</summary>
    /// <param name="lowering">Takes the ops.</param>
    /// <param name="projected">What of the input goes into the sums.</param>
    /// <param name="states">The states before it.</param>
    /// <param name="masks">What is dropped.</param>
    public virtual IReadOnlyList<Value> Step(Lowering lowering, Value projected, IReadOnlyList<Value> states, CellMasks masks) =>
        Step(lowering, projected, states, masks.State is { } mask && DropsByGate
            ? DropMask.ApplyByGates(lowering, Name, states[0], mask) : DropMask.Apply(lowering, Name, states[0], masks.State));

    /// <summary>The states after a step.</summary>
    /// <param name="lowering">Takes the ops.</param>
    /// <param name="projected">What of the input goes into the sums.</param>
    /// <param name="states">The states before it.</param>
    /// <param name="recurrent">
    /// The first of them as it goes into the sums: some of it may be dropped, for each gate anew, which then lie side by side.
    /// </param>
    protected abstract IReadOnlyList<Value> Step(Lowering lowering, Value projected, IReadOnlyList<Value> states, Value recurrent);

    /// <summary>Tells its masks from those of other cells of its layer.</summary>
    public int Stream { get; init; }

    /// <summary>What of the state goes into the sums.</summary>
    protected virtual Value Recur(Lowering lowering, Value state) => state.Shape.Last > Units
        ? ByGates(lowering, state, lowering.Weight(Prefix + "recurrent_kernel"), null, "recurrent")
        : lowering.Add(new Contraction(Name, state, lowering.Weight(Prefix + "recurrent_kernel"), null, $"{Name}_{Prefix}recurrent"));

    // What each gate has of a value times its part of a kernel: groups of channels with filters of their own.
    private Value ByGates(Lowering lowering, Value x, Value kernel, Value? bias, string name)
    {
        int positions = x.Shape.Positions;
        Value image = lowering.Add(Slice.Reshape(Name, x, Shape.Of(positions, x.Shape.Last), $"{Name}_{Prefix}{name}_by_gates"));
        Value sums = lowering.Add(new Convolution(Name, new([new(positions, 1, 1, 1, 0, positions)], Gates), image, kernel, bias,
            Gates * Units, $"{Name}_{Prefix}{name}_gates"));
        return lowering.Add(Slice.Reshape(Name, sums, x.Shape.WithLast(Gates * Units), $"{Name}_{Prefix}{name}"));
    }

    /// <summary>Input and state together.</summary>
    protected Value Sum(Lowering lowering, Value projected, Value state) =>
        lowering.Add(
            new Pointwise(Name, [projected, Recur(lowering, state)], Scalar.Operand(0) + Scalar.Operand(1), $"{Name}_{Prefix}sum"));

    /// <summary>An expression of some values, element by element.</summary>
    protected Value Join(Lowering lowering, string name, Scalar expression, params Value[] values) =>
        lowering.Add(new Pointwise(Name, values, expression, $"{Name}_{Prefix}{name}"));

    /// <summary>Parts of a value along its last axis, of as many units.</summary>
    protected IReadOnlyList<Value> Split(Lowering lowering, Value x, params string[] names) => Split(lowering, x, 1, names);

    /// <summary>Parts of a value along its last axis, the first of which has the units of several.</summary>
    protected IReadOnlyList<Value> Split(Lowering lowering, Value x, int first, params string[] names)
    {
        var split = Ops.Split.Of(Name, x, [.. names.Select((name, i) => (Prefix + name, i == 0 ? first * Units : Units))]);
        lowering.Add(split);
        return split.Outputs;
    }

    /// <summary>An activation of gates that lie side by side, each with the units as its last axis.</summary>
    protected Value Activate(Lowering lowering, string? activation, Value gates) => lowering.Activate(Name, activation, gates);

    /// <summary>Whether an activation is applied to each number alone.</summary>
    protected static bool IsElementwise(string? activation) => activation is null || Activations.Names.Contains(activation);

    /// <summary>Whether an input of a step has so many axes; a finding where it has not.</summary>
    protected bool HasSteps(Shape input, int axes, string wanted, ShapeContext context)
    {
        if (input.Rank == axes) return true;
        context.Findings.Add(DiagnosticDescriptors.WrongShape.Id, context.Index, null, context.Name, wanted, context.Before,
            context.Given ?? input.ToString(), input.Rank < axes ? "Let the layer before it return sequences, or put [Reshape] before it."
            : "Put [Reshape] before it.");
        return false;
    }

    /// <summary>Whether an activation leaves as many numbers as it takes; a finding where it does not.</summary>
    protected bool Keeps(string? activation, string argument, ShapeContext context)
    {
        if (Layers.Activation.ShapeOf(activation, Shape.Of(Units), argument, context) is not { } shape) return false;
        if (shape.Last == Units) return true;
        context.Findings.Add(DiagnosticDescriptors.OutOfRange.Id, context.Index, argument, argument, context.Name,
            "an activation that gives as many numbers as it takes", activation + ".");
        return false;
    }
}
