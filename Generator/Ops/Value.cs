namespace CompiledNets.Generator.Ops;

/// <summary>Who has a value of its own.</summary>
internal enum Space
{
    /// <summary>Each sample: activations and their gradients. Lies in the block arena.</summary>
    Sample,

    /// <summary>All samples of a batch share it: weights, statistics, gradients of weights.</summary>
    Shared,
}

/// <summary>A value of the graph; made once, by one op (SSA).</summary>
internal sealed class Value(string name, Shape shape, Space space)
{
    /// <summary>Named after the layer and its role; used in comments and in the names of constants.</summary>
    public string Name { get; } = name;

    public Shape Shape { get; } = shape;

    public Space Space { get; } = space;

    public override string ToString() => $"{Name}{Shape}";
}
