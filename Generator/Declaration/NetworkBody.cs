namespace CompiledNets.Generator.Declaration;

/// <summary>A network as others take it in: its attributes and what they name, without what concerns its class alone.</summary>
internal sealed record NetworkBody
{
    /// <summary>What is wrong with a network that has findings of its own.</summary>
    public const string HasMistakes = "it has mistakes, which are reported where it is declared.";

    /// <summary>
    /// What other networks know it by: the full name of its class, or that with a number where two assemblies have one name.
    /// </summary>
    public required string Key { get; init; }

    /// <summary>Name of the class.</summary>
    public required string Name { get; init; }

    /// <summary>Members of its class that its layers name, read by their full names.</summary>
    public required EquatableArray<PartMember> PartMembers { get; init; }

    /// <summary>The attributes, of the class or of its nodes, one after the other.</summary>
    public required EquatableArray<LayerDeclaration> Layers { get; init; }

    /// <summary>The nodes, where layers stand on members.</summary>
    public required EquatableArray<NodeDeclaration> Nodes { get; init; }

    /// <summary>Why it cannot be applied, as the end of a sentence; null where nothing is known against it.</summary>
    public string? Problem { get; init; }

    /// <summary>The layers stand on members.</summary>
    public bool IsGraph => Nodes.Count > 0;

    /// <summary>The inputs' attributes, in order.</summary>
    public IEnumerable<LayerDeclaration> Inputs => IsGraph
        ? Nodes.Select(node => Layers[node.First]).Where(IsInput) : Layers.Where(IsInput).Take(1);

    /// <summary>What its inputs are called in messages.</summary>
    public IEnumerable<string> InputNames => IsGraph
        ? Nodes.Where(node => IsInput(Layers[node.First])).Select(node => $"'{node.Name}'") : ["one"];

    /// <summary>A network that cannot be applied.</summary>
    /// <param name="key">What others know it by.</param>
    /// <param name="name">Its name.</param>
    /// <param name="problem">Why it cannot.</param>
    public static NetworkBody Wrong(string key, string name, string problem) => new()
    {
        Key = key,
        Name = name,
        PartMembers = EquatableArray<PartMember>.Empty,
        Layers = EquatableArray<LayerDeclaration>.Empty,
        Nodes = EquatableArray<NodeDeclaration>.Empty,
        Problem = problem,
    };

    private static bool IsInput(LayerDeclaration layer) => layer.Attribute == "Input";
}
