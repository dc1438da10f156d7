using System.Globalization;
using CompiledNets.Generator.Diagnostics;
using CompiledNets.Generator.Ops;
using CompiledNets.Generator.Passes;

namespace CompiledNets.Generator.Layers;

/// <summary>SimpleRNN, LSTM, GRU, ConvLSTM and RNN: a cell over the steps of a sequence.</summary>
internal sealed record RecurrentLayer : Layer
{
    public required string Kind { get; init; }

    public override string Type => Kind;

    public required RecurrentCell Cell { get; init; }

    public override string? ShownActivation => Kind == "RNN" ? null : Cell.Activation ?? "linear";

    /// <summary>Whether it gives the outputs of all steps, not only the last.</summary>
    public required bool ReturnSequences { get; init; }

    /// <summary>Whether it gives its states after the last step too.</summary>
    public required bool ReturnState { get; init; }

    public required bool GoBackwards { get; init; }

    public required bool ZeroOutputForMask { get; init; }

    /// <summary>Whether the states after a batch are those before the next.</summary>
    public required bool Stateful { get; init; }

    public override MaskRule Mask => MaskRule.Uses;

    public override IReadOnlyList<string> OutputNames =>
        ReturnState ? ["output", .. Cell.StateNames.Select(state => "state_" + state)] : base.OutputNames;

    /// <summary>The layers that its cells are written as; none where the layer is its own.</summary>
    public IReadOnlyList<CellLayer> Cells { get; init; } = [];

    public static RecurrentLayer Resolve(Arguments arguments, string kind) => new()
    {
        Index = arguments.Index,
        Name = arguments.Name,
        Trainable = arguments.Trainable,
        Kind = kind,
        Cell = kind == "RNN" ? RecurrentCells.Join(arguments) : RecurrentCells.Resolve(arguments, kind),
        Cells = kind == "RNN" ? [.. arguments.AllWrapped.OfType<CellLayer>()] : [],
        ReturnSequences = arguments.Bool(nameof(ReturnSequences), false),
        ReturnState = arguments.Bool(nameof(ReturnState), false),
        GoBackwards = arguments.Bool(nameof(GoBackwards), false),
        ZeroOutputForMask = arguments.Bool(nameof(ZeroOutputForMask), false),
        Stateful = arguments.Bool(nameof(Stateful), false),
    };

    public override bool GivesMask(IReadOnlyList<bool> masked) => ReturnSequences && masked[0];

    public override Value? LowerMask(Lowering lowering, IReadOnlyList<Value> inputs) => ReturnSequences ? lowering.MaskOf(inputs[0]) : null;

    public override IReadOnlyList<Shape>? InferShapes(IReadOnlyList<Shape> inputs, ShapeContext context)
    {
        if (Kind == "RNN" && Cells.Count == 0)
        {
            context.Findings.Add(DiagnosticDescriptors.NothingToWrap.Id, context.Index, null, Type, "no cell does");
            return null;
        }

        Shape input = Each(inputs[0]);
        if (!Cell.Takes(input, context with { Given = inputs[0].ToString() }) || !HasStates([Cell], input, inputs, context)) return null;
        IReadOnlyList<(string Name, Shape Shape)> states = Cell.States(input);
        Shape state = states[Cell.Output].Shape, output = ReturnSequences ? new(state.Axes.Prepend(inputs[0][0]).ToArray()) : state;
        return ReturnState ? [output, .. states.Select(own => own.Shape)] : [output];
    }

    public override IEnumerable<Weight> Weights(IReadOnlyList<Shape> inputs) => Cell.Weights(Each(inputs[0]));

    public override IReadOnlyList<Value> Lower(Lowering lowering, IReadOnlyList<Value> inputs)
    {
        (Value sequence, Value last, IReadOnlyList<Value> states) =
            new Recurrence(Cell, GoBackwards, ZeroOutputForMask) { Stateful = Stateful }
            .Lower(lowering, inputs[0], lowering.MaskOf(inputs[0]), [.. inputs.Skip(1)]);
        Value output = ReturnSequences ? sequence : last;
        return ReturnState ? [output, .. states] : [output];
    }

    public override WeightRules? RulesOf(Weight weight)
    {
        CellLayer? cell = Cells.Count < 2 ? Cells.FirstOrDefault()
            : Cells.First(own => weight.Name.StartsWith(own.Cell.Prefix, StringComparison.Ordinal));
        return cell is null ? base.RulesOf(weight) : cell.RulesOf(weight with { Name = weight.Name.Substring(cell.Cell.Prefix.Length) });
    }

    protected override string WordOf(string weight) => weight == "recurrent_kernel" ? "Recurrent" : base.WordOf(weight);

    /// <summary>Shape of a step; none has no axes.</summary>
    public static Shape Each(Shape sequence) => new(sequence.Axes.Skip(1).ToArray());

    /// <summary>Whether the states that are given are those of some cells; a finding where they are not.</summary>
    public static bool HasStates(IReadOnlyList<RecurrentCell> cells, Shape input, IReadOnlyList<Shape> inputs, ShapeContext context)
    {
        if (inputs.Count == 1) return true;
        (string Name, Shape Shape)[] wanted = [.. cells.SelectMany(cell => cell.States(input))];
        if (inputs.Skip(1).SequenceEqual(wanted.Select(state => state.Shape))) return true;
        string names = string.Join(", ", wanted.Select(state => $"{state.Name} of {state.Shape}"));
        string given = string.Join(", ", Enumerable.Range(1, inputs.Count - 1).Select(i => context.Value(i, inputs)));
        context.Findings.Add(DiagnosticDescriptors.WrongStates.Id, context.Index, "InitialState", context.Name,
            wanted.Length.ToString(CultureInfo.InvariantCulture), names, given);
        return false;
    }
}
