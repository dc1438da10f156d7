namespace CompiledNets.Generator.Ops;

/// <summary>A network in ops, in the order they are worked.</summary>
internal sealed class Graph
{
    /// <summary>The ops; each reads what stands before it.</summary>
    public List<Op> Ops { get; } = [];

    /// <summary>The inputs of the network.</summary>
    public required IReadOnlyList<Value> Inputs { get; init; }

    /// <summary>The outputs of the network.</summary>
    public IReadOnlyList<Head> Heads { get; set; } = [];

    /// <summary>Penalties on outputs of layers, a number a sample, which training adds to the loss.</summary>
    public List<Value> Penalties { get; } = [];

    /// <summary>What a batch leaves to the next.</summary>
    public List<GraphState> States { get; init; } = [];

    /// <summary>Weights that gradients change.</summary>
    public List<Value> Trainable { get; } = [];

    /// <summary>Values that somebody outside reads or writes, so that no pass may fuse them away.</summary>
    public IEnumerable<Value> Roots => Inputs.Concat(Heads.SelectMany(head => head.Values)).Concat(Penalties)
        .Concat(States.SelectMany(state => new[] { state.Before, state.After }));

    /// <summary>Appends an op and gives its first output.</summary>
    public Value Add(Op op)
    {
        Ops.Add(op);
        return op.Output;
    }

    /// <summary>The op that makes each value; inputs and weights have none.</summary>
    public Dictionary<Value, Op> Producers() =>
        Ops.SelectMany(op => op.Outputs, (op, output) => (op, output)).ToDictionary(pair => pair.output, pair => pair.op);

    /// <summary>How many ops read each value; twice where one reads it twice.</summary>
    public static Dictionary<Value, int> Uses(IEnumerable<Op> ops)
    {
        Dictionary<Value, int> uses = [];
        foreach (Op op in ops)
            foreach (Value input in op.Inputs) uses[input] = uses.TryGetValue(input, out int count) ? count + 1 : 1;
        return uses;
    }
}

/// <summary>A state that is kept from batch to batch.</summary>
/// <param name="Layer">Number of its layer.</param>
/// <param name="Name">What it is called there.</param>
/// <param name="Before">What the batch before left.</param>
/// <param name="After">What this one leaves.</param>
internal sealed record GraphState(int Layer, string Name, Value Before, Value After);

/// <summary>How an output of a network ends: the one place that says it.</summary>
/// <param name="Output">The output.</param>
/// <param name="Logits">What the last activation is applied to where a loss can do without it; else null.</param>
/// <param name="Activation">That activation.</param>
internal sealed record Head(Value Output, Value? Logits = null, HeadActivation Activation = HeadActivation.Other)
{
    /// <summary>Which steps of the output are there: 1 for those, 0 for others; null where all are.</summary>
    public Value? Mask { get; init; }

    public IEnumerable<Value> Values => new[] { Output, Logits, Mask }.OfType<Value>();
}

/// <summary>Last activations that a crossentropy works without. The runtime's OutputActivation has the same names.</summary>
internal enum HeadActivation
{
    Other,
    Sigmoid,
    Softmax,
}
