using CompiledNets.Generator.Ops;

namespace CompiledNets.Generator.Passes;

/// <summary>A forward graph and the ops of its backward pass.</summary>
internal sealed class TrainingGraph
{
    public required Graph Forward { get; init; }

    /// <summary>The backward pass, in order.</summary>
    public required List<Op> Backward { get; init; }

    /// <summary>Written by the loss: the gradient of the output.</summary>
    public required Value OutputGradient { get; init; }

    /// <summary>Written by a loss that works on the logits; null where there are none.</summary>
    public required Value? LogitsGradient { get; init; }

    /// <summary>The gradient of the input.</summary>
    public required Value? InputGradient { get; init; }

    /// <summary>Gradients of the trainable weights.</summary>
    public required Dictionary<Value, Value> WeightGradients { get; init; }

    /// <summary>Ops that are left out when the loss gives the gradient of the logits.</summary>
    public required HashSet<Op> BehindLogits { get; init; }

    /// <summary>Values that somebody outside the graph reads or writes, so that no pass may fuse them away.</summary>
    public IEnumerable<Value> Roots => new[] { Forward.Input, Forward.Output, Forward.Logits, OutputGradient, LogitsGradient, InputGradient }
        .Concat(WeightGradients.Values).Where(value => value is not null)!;
}

/// <summary>Adds the backward ops: each op, last to first, adds to the gradients of what it read.</summary>
internal static class Differentiate
{
    public static TrainingGraph Run(Graph forward)
    {
        var needed = new HashSet<Value>(forward.Trainable) { forward.Input };
        foreach (KeyValuePair<Value, Value> view in forward.Views)
            if (needed.Contains(view.Value)) needed.Add(view.Key);
        foreach (Op op in forward.Ops)
            if (op is not DropoutMask && op.Inputs.Any(needed.Contains)) needed.UnionWith(op.Outputs);

        var backward = new List<Op>();
        var behindLogits = new HashSet<Op>();
        var gradients = new Gradients(backward.Add, needed);
        var outputGradient = new Value("output_gradient", forward.Output.Shape, Space.Sample);
        gradients.Contribute(forward.Output, outputGradient);
        Value? logitsGradient = null;
        for (int i = forward.Ops.Count - 1; i >= 0; i--)
        {
            Op op = forward.Ops[i];
            int before = backward.Count;
            op.Differentiate(gradients);
            if (forward.Logits is null || op.Output != forward.Output) continue;
            behindLogits.UnionWith(backward.Skip(before));
            logitsGradient = gradients.Of(forward.Logits);
        }

        var weightGradients = new Dictionary<Value, Value>();
        foreach (Value weight in forward.Trainable)
        {
            Value? gradient = gradients.Of(weight);
            foreach (KeyValuePair<Value, Value> view in forward.Views)
                if (view.Value == weight) gradient ??= gradients.Of(view.Key);
            if (gradient is not null) weightGradients[weight] = gradient;
        }

        return new()
        {
            Forward = forward,
            Backward = backward,
            OutputGradient = outputGradient,
            LogitsGradient = logitsGradient,
            InputGradient = gradients.Of(forward.Input),
            WeightGradients = weightGradients,
            BehindLogits = behindLogits,
        };
    }
}
