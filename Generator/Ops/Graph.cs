namespace CompiledNets.Generator.Ops;

/// <summary>A network in ops, in the order they are worked.</summary>
internal sealed class Graph
{
    private readonly Dictionary<Value, Value> viewed = [];

    /// <summary>The ops; each reads what stands before it.</summary>
    public List<Op> Ops { get; } = [];

    /// <summary>The input of the network.</summary>
    public required Value Input { get; init; }

    /// <summary>The output of the network.</summary>
    public Value Output { get; set; } = null!;

    /// <summary>What the last activation is applied to where a loss can do without it (sigmoid, softmax); else null.</summary>
    public Value? Logits { get; set; }

    /// <summary>Weights that gradients change.</summary>
    public List<Value> Trainable { get; } = [];

    /// <summary>The op that makes a value; null for inputs and weights.</summary>
    public Op? Producer(Value value) => Ops.Find(op => op.Outputs.Contains(value));

    /// <summary>Appends an op and gives its first output.</summary>
    public Value Add(Op op)
    {
        Ops.Add(op);
        return op.Output;
    }

    /// <summary>A shared value under another shape of the same elements.</summary>
    public Value View(Value value, Shape shape)
    {
        var view = new Value(value.Name, shape, value.Space);
        viewed[view] = Viewed(value);
        return view;
    }

    /// <summary>The value that a view shows; a value that is no view shows itself.</summary>
    public Value Viewed(Value value) => viewed.TryGetValue(value, out Value? original) ? original : value;

    /// <summary>All views, each with what it shows.</summary>
    public IEnumerable<KeyValuePair<Value, Value>> Views => viewed;
}
