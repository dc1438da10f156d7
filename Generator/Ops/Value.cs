namespace CompiledNets.Generator.Ops;

/// <summary>Who has a value of its own.</summary>
internal enum Space
{
    /// <summary>Each sample: activations and their gradients. Lies in the block arena.</summary>
    Sample,

    /// <summary>All samples of a batch share it: statistics, and gradients of weights.</summary>
    Shared,

    /// <summary>A weight. Lies in the parameter arena.</summary>
    Weight,
}

/// <summary>A value of the graph; made once, by one op (SSA).</summary>
internal sealed class Value(string name, Shape shape, Space space)
{
    /// <summary>Named after the layer and its role; used in comments and in the names of constants.</summary>
    public string Name { get; } = name;

    public Shape Shape { get; } = shape;

    public Space Space { get; } = space;

    /// <summary>Each sample has its own.</summary>
    public bool IsSample => Space == Space.Sample;

    /// <summary>What it is to the op that made it, for the names of parameters: <c>mean</c>; null where nothing is to be said.</summary>
    public string? Role { get; init; }

    /// <summary>It holds whole numbers from 0 to one below this one, as they were given; null where it holds any numbers.</summary>
    public int? Limit { get; init; }

    /// <summary>A contribution to the gradient of this value.</summary>
    public Value Gradient(string suffix = "_gradient") =>
        new(Name + suffix, Shape, IsSample ? Space.Sample : Space.Shared) { Role = GradientRole };

    /// <summary>The role of gradients.</summary>
    public const string GradientRole = "dy";

    public override string ToString() => $"{Name}{Shape}";
}
