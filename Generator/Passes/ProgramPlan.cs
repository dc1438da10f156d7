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

    public required BlockPlan InferenceBlock { get; init; }

    /// <summary>Ops that only the gradient of the input needs.</summary>
    public required HashSet<Op> InputGradientOnly { get; init; }

    /// <summary>Plans training and inference of a network that was lowered and differentiated.</summary>
    public static ProgramPlan Make(TrainingGraph training, Graph inference, ParameterLayout parameters)
    {
        Schedule forward = Schedule.Of(training.Forward.Ops), backward = Schedule.Of(training.Backward);
        Op[] before = [.. forward.InOrder()], ops = [.. before, .. backward.InOrder()];
        HashSet<Op> forWeights = Simplify.Live(training.Backward, training.WeightGradients.Values);
        Value[] writtenByLoss = [.. new[] { training.OutputGradient, training.LogitsGradient }.OfType<Value>()];
        Value[] kept = [.. new[] { training.Forward.Output, training.Forward.Logits, training.InputGradient }.OfType<Value>()];
        Value[] inferenceKept = [.. new[] { inference.Output, inference.Logits }.OfType<Value>()];

        var shared = new Dictionary<Value, int>();
        int sharedSize = 0;
        foreach (Value value in ops.Where(op => op is not ContractionWeightGradient).SelectMany(op => op.Outputs).Where(v => v.Space == Space.Shared))
        {
            shared[value] = sharedSize;
            sharedSize += (value.Shape.Size + 15) / 16 * 16;
        }

        return new()
        {
            Parameters = parameters,
            Training = training,
            Forward = forward,
            Backward = backward,
            TrainingBlock = BlockPlan.Plan(ops, before.Length, writtenByLoss, kept, training.Forward.Input),
            Shared = shared,
            SharedSize = sharedSize,
            Inference = inference,
            InferenceBlock = BlockPlan.Plan(inference.Ops, inference.Ops.Count, [], inferenceKept, inference.Input),
            InputGradientOnly = [.. training.Backward.Where(op => !forWeights.Contains(op))],
        };
    }
}
