namespace CompiledNets;

/// <summary>A node of a network's graph: a value with a name, as a partial property declares it.</summary>
public sealed class Node
{
    internal Node(string name, int[] shape) => (Name, Shape) = (name, shape);

    /// <summary>Name of the property.</summary>
    public string Name { get; }

    /// <summary>Shape of the value for one sample, without the batch.</summary>
    public IReadOnlyList<int> Shape { get; }

    /// <inheritdoc/>
    public override string ToString() => $"{Name} ({string.Join(", ", Shape)})";
}
