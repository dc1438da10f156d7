using CompiledNets.Generator.Ops;

namespace CompiledNets.Generator.Passes;

/// <summary>A forward graph and the ops of its backward pass.</summary>
internal sealed class TrainingGraph
{
    public required Graph Forward { get; init; }

    /// <summary>The backward pass, in order.</summary>
    public required List<Op> Backward { get; init; }

    /// <summary>By output, what the loss writes.</summary>
    public required IReadOnlyList<HeadGradient> Heads { get; init; }

    /// <summary>By input, its gradient; null where nothing depends on it.</summary>
    public required IReadOnlyList<Value?> InputGradients { get; init; }

    /// <summary>What adds up to the gradient of each trainable weight that something depends on.</summary>
    public required Dictionary<Value, IReadOnlyList<Value>> WeightGradients { get; init; }

    /// <summary>
    /// Ops that are left out when the loss of an output gives the gradient of its logits, with the number of that output.
    /// </summary>
    public required Dictionary<Op, int> BehindLogits { get; init; }

    /// <summary>By penalty, its gradient, which the loss writes.</summary>
    public required IReadOnlyList<Value> PenaltyGradients { get; init; }

    /// <summary>Values that the loss writes.</summary>
    public IEnumerable<Value> WrittenByLoss => Heads.SelectMany(head => head.Values).Concat(PenaltyGradients);

    /// <summary>Values that somebody outside the graph reads or writes, so that no pass may fuse them away.</summary>
    public IEnumerable<Value> Roots =>
        Forward.Roots.Concat(WrittenByLoss).Concat(InputGradients.OfType<Value>())
        .Concat(WeightGradients.Values.SelectMany(values => values));
}

/// <summary>What the loss of an output writes.</summary>
/// <param name="Output">The gradient of the output.</param>
/// <param name="Logits">Or that of the logits; null where there are none.</param>
internal sealed record HeadGradient(Value Output, Value? Logits)
{
    public IEnumerable<Value> Values => Logits is null ? [Output] : [Output, Logits];
}
