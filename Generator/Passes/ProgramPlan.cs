using CompiledNets.Generator.Kernels;
using CompiledNets.Generator.Ops;

namespace CompiledNets.Generator.Passes;

/// <summary>All that the emitter prints: the ops of training and inference in phases, and where their values lie.</summary>
internal sealed class ProgramPlan
{
    public required ParameterLayout Parameters { get; init; }

    public required TrainingGraph Training { get; init; }

    public required Schedule Forward { get; init; }

    public required Schedule Backward { get; init; }

    public required BlockPlan TrainingBlock { get; init; }

    /// <summary>Offsets of the values that all samples of a batch share, weights aside, in floats.</summary>
    public required Dictionary<Value, int> Shared { get; init; }

    /// <summary>Floats of the shared arena.</summary>
    public required int SharedSize { get; init; }

    public required Graph Inference { get; init; }

    /// <summary>The ops of a single sample.</summary>
    public required Graph Singles { get; init; }

    public required BlockPlan InferenceBlock { get; init; }

    /// <summary>The kernels that products read in panels, and how many outputs each has, as an expression.</summary>
    public required Dictionary<Value, string> PanelWidths { get; init; }

    /// <summary>
    /// The kernels of 3x3 that are read transformed, those that are turned before apart, and where, in floats of the arena of panels.
    /// </summary>
    public required Dictionary<(Value Kernel, bool IsTurned), int> Transformed { get; init; }

    /// <summary>Whom the ops of the backward pass serve.</summary>
    public required Serves Serves { get; init; }

    /// <summary>Plans training and inference of a network that was lowered and differentiated.</summary>
    public static ProgramPlan Make(TrainingGraph training, Graph inference, Graph singles, ParameterLayout parameters)
    {
        Schedule forward = Schedule.Of(training.Forward.Ops), backward = Schedule.Of(training.Backward);
        if (backward.Before.Count > 0)
            throw new InvalidOperationException($"Nothing is worked once before the backward pass, but {backward.Before[0]} is.");
        IEnumerable<Value> kept = training.Forward.Heads.SelectMany(head => head.Values).Concat(training.InputGradients.OfType<Value>())
            .Concat(training.Forward.Penalties).Concat(training.Forward.States.Select(state => state.After));

        var shared = new Dictionary<Value, int>();
        int sharedSize = 0;
        foreach (Op op in forward.InOrder().Concat(backward.InOrder()).Where(op => op.Facts.When != When.Rows))
        {
            foreach (Value value in op.Outputs.Where(output => output.Space == Space.Shared))
            {
                shared[value] = sharedSize;
                // What is worked once may write a vector after its last number.
                sharedSize += ((value.Shape.Size + 15) / 16 * 16) + (op.Facts.When == When.Once ? 16 : 0);
            }
        }

        return new()
        {
            Parameters = parameters,
            Training = training,
            Forward = forward,
            Backward = backward,
            TrainingBlock = BlockPlan.Plan([forward, backward], training.Forward.Inputs, training.WrittenByLoss, kept),
            Shared = shared,
            SharedSize = sharedSize,
            Inference = inference,
            Singles = singles,
            InferenceBlock = BlockPlan.Plan(
                [Schedule.Of(inference.Ops)], inference.Inputs, [],
                inference.Heads.SelectMany(head => head.Values).Concat(inference.Penalties)
                .Concat(inference.States.Select(state => state.After))),
            PanelWidths = FindPanels(training.Forward.Ops.Concat(training.Backward).Concat(inference.Ops).SelectMany(op => op.AndInner())),
            Transformed = PlaceTransformed(training.Forward.Ops.Concat(training.Backward).Concat(inference.Ops), parameters.Size),
            Serves = Serves.Find(training, parameters),
        };
    }

    /// <summary>The op that makes all of the gradient of a table from the rows that are looked up; null where none does.</summary>
    public GatherGradient? TableGradient(Value weight) =>
        Training.WeightGradients.TryGetValue(weight, out IReadOnlyList<Value>? gradients)
            ? Backward.Rows.OfType<GatherGradient>().FirstOrDefault(op => op.SumsSquares && gradients.Contains(op.Output)) : null;

    private static Dictionary<Value, string> FindPanels(IEnumerable<Op> ops)
    {
        var widths = new Dictionary<Value, string>();
        foreach (Op op in ops)
            if (KernelTable.PanelWidth(op) is { } width) widths[op.Inputs[1]] = width;
        return widths;
    }

    // After the panels, which lie as the parameters do.
    private static Dictionary<(Value Kernel, bool IsTurned), int> PlaceTransformed(IEnumerable<Op> ops, int start)
    {
        var places = new Dictionary<(Value, bool), int>();
        foreach (Op op in ops)
        {
            if (op is not (Convolution { Winograd: not null } or ConvolutionInputGradient { Winograd: not null })
                || places.ContainsKey((op.Inputs[1], op is ConvolutionInputGradient))) continue;
            places.Add((op.Inputs[1], op is ConvolutionInputGradient), start);
            start = checked(start + (op.Inputs[1].Shape.Size / 9 * Winograd.Products));
        }

        return places;
    }
}
