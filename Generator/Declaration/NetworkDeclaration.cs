namespace CompiledNets.Generator.Declaration;

/// <summary>
/// What the user wrote: a class with a chain of layer attributes, or with nodes that have them. The first thing after the attribute, and
/// the last that comes from Roslyn.
/// </summary>
/// <remarks>
/// Immutable and equal by value, as all that it holds: a step of the generator is skipped when its input equals the last one. No symbol,
/// syntax
/// or location may be reachable from it; where things stand in the source is in <see cref="DeclarationLocations"/>, so that moving a line
/// compiles nothing anew.
/// </remarks>
internal sealed record NetworkDeclaration
{
    /// <summary>Namespace of the class; empty for the global one.</summary>
    public required string Namespace { get; init; }

    /// <summary>The types around the class, outermost first, each as its declaration begins: <c>partial class Outer</c>.</summary>
    public required EquatableArray<string> ContainingTypes { get; init; }

    /// <summary>Name of the class.</summary>
    public required string Name { get; init; }

    /// <summary>The name of the generated file without its ending: unique for the class in the project, valid in a file name.</summary>
    public required string HintName { get; init; }

    /// <summary>Names of the members that the user gave the class and its name, which generated members must not take.</summary>
    public required EquatableArray<string> MemberNames { get; init; }

    /// <summary>Members of the class that its layers name by <c>nameof</c>: initializers, regularizers and constraints.</summary>
    public required EquatableArray<PartMember> PartMembers { get; init; }

    /// <summary>Names that attributes of the class use for something outside of it, which no generated member must hide.</summary>
    public required EquatableArray<string> NamesInAttributes { get; init; }

    /// <summary>
    /// The attributes of layers and of wiring in the order they stand in the source: of the class, or of its nodes, one after the other.
    /// </summary>
    public required EquatableArray<LayerDeclaration> Layers { get; init; }

    /// <summary>The nodes, where layers stand on members.</summary>
    public required EquatableArray<NodeDeclaration> Nodes { get; init; }

    /// <summary>Name of the class as any generated file says it: <c>global::App.Net</c>.</summary>
    public string FullName { get; init; } = "";

    /// <summary>What networks that apply this one know it by: the full name of its class.</summary>
    public string Key { get; init; } = "";

    /// <summary>The networks that it applies, and those that these apply, each once.</summary>
    public EquatableArray<NetworkBody> Networks { get; init; } = EquatableArray<NetworkBody>.Empty;

    /// <summary>The layers stand on members.</summary>
    public bool IsGraph => Nodes.Count > 0;

    /// <summary>The network as others take it in.</summary>
    public NetworkBody Body => new()
    {
        Key = Key,
        Name = Name.TrimStart('@'),
        PartMembers = PartMembers.Select(member => member.By(FullName)).ToArray(),
        Layers = Layers,
        Nodes = Nodes,
    };

    /// <summary>Members that its layers name, and those of the networks in it.</summary>
    public IEnumerable<PartMember> AllPartMembers => PartMembers.Concat(Networks.SelectMany(network => network.PartMembers));

    /// <summary>An attribute has arguments that are C# errors already; the compiler stays silent about it.</summary>
    public required bool IsErroneous { get; init; }

    /// <summary>The user's part of the class has the constructor with a seed that the compiler adds; that is a finding.</summary>
    public required bool HasSeedConstructor { get; init; }

    /// <summary>The user's part of the class says its base already.</summary>
    public required bool HasBase { get; init; }

    /// <summary>The assembly says that it complies with the common language specification, to which no network complies.</summary>
    public required bool NeedsClsMark { get; init; }

    /// <summary>What is wrong with the declaration itself (not partial, two base classes, ...).</summary>
    public required EquatableArray<Finding> Findings { get; init; }
}

/// <summary>A member with attributes: a named value of the graph.</summary>
/// <param name="Name">Its name.</param>
/// <param name="First">Its first attribute among those of the network.</param>
/// <param name="Count">How many there are.</param>
/// <param name="Header">How its other part begins, <c>public partial global::CompiledNets.Node Price</c>; null where it has none.</param>
/// <param name="Accessors">The accessors of the other part of what is no node; null for a node.</param>
/// <param name="HasComment">The user's part has a comment, which one of the other part would take the place of.</param>
internal sealed record NodeDeclaration(string Name, int First, int Count, string? Header, string? Accessors, bool HasComment);

/// <summary>One layer attribute as written.</summary>
internal sealed record LayerDeclaration
{
    /// <summary>The attribute that applies a network.</summary>
    public const string Apply = "Apply";

    /// <summary>The attribute's class without its ending: <c>Dense</c>.</summary>
    public required string Attribute { get; init; }

    /// <summary>The value of an argument; null where it was not given.</summary>
    public object? this[string argument] => Arguments.FirstOrDefault(given => given.Name == argument)?.Value;

    /// <summary>What the network is known by that it applies; null where it is no <c>[Apply&lt;...&gt;]</c>.</summary>
    public string? Network => Attribute == Apply ? this[nameof(Network)] as string : null;

    /// <summary>Arguments that name a node with a mask, in the order in which a layer gets them after the other nodes.</summary>
    public static readonly string[] Masks = ["QueryMask", "ValueMask", "KeyMask", "AttentionMask", "Mask"];

    /// <summary>Names of the nodes that it names.</summary>
    public IReadOnlyList<string> NamedNodes => Has("Node") ? [this["Node"] as string ?? ""]
        : [.. Listed.Select(name => name as string ?? ""), .. Masks.Select(mask => this[mask]).OfType<string>()];

    /// <summary>The argument that names one of them.</summary>
    public string ArgumentOf(int node) =>
        Has("Node") ? "Node" : Has("InitialState") ? "InitialState" : node >= Listed.Count ? Masks.Where(mask => this[mask] is string)
        .ElementAt(node - Listed.Count)
        : node == 0 ? "Nodes" : "Nodes." + Emit.CodeWriter.Int(node);

    private EquatableArray<object?> Listed =>
        (this["Nodes"] ?? this["InitialState"]) is EquatableArray<object?> nodes ? nodes : EquatableArray<object?>.Empty;

    /// <summary>Whether an argument was given.</summary>
    public bool Has(string argument) => Arguments.Any(given => given.Name == argument);

    /// <summary>The arguments that were given, positional ones under the name of their parameter in Pascal case: <c>Units</c>.</summary>
    public required EquatableArray<ArgumentDeclaration> Arguments { get; init; }

    /// <summary>The attribute where networks are known by other names.</summary>
    public LayerDeclaration Renamed(IReadOnlyDictionary<string, string> names) => Network is not { } network ? this : this with
    {
        Arguments = Arguments.Select(argument => argument.Name == nameof(Network) && names.TryGetValue(network, out string? name)
            ? new(argument.Name, name) : argument).ToArray(),
    };
}

/// <summary>One argument of a layer attribute.</summary>
/// <param name="Name">Name of the property or, in Pascal case, of the constructor's parameter.</param>
/// <param name="Value">A constant: a number, bool, string or null, or an <see cref="EquatableArray{T}"/> of objects.</param>
internal sealed record ArgumentDeclaration(string Name, object? Value);

/// <summary>A member that gives an initializer, a regularizer or a constraint.</summary>
/// <param name="Kind">The class of what it is wanted for: <c>Initializer</c>.</param>
/// <param name="Name">Its name, as <c>nameof</c> gives it.</param>
/// <param name="Read">The lambda that reads it: <c>static () => Small</c>, or <c>static () => Small()</c>.</param>
/// <param name="Problem">Why it cannot be read, as the end of a sentence; null where it can.</param>
/// <param name="Warnings">Ids of what C# warns of where it is read: that it is obsolete or experimental.</param>
internal sealed record PartMember(string Kind, string Name, string Read, string? Problem, EquatableArray<string> Warnings)
{
    private const string Lambda = "static () => ";

    /// <summary>The member as other classes read it.</summary>
    /// <param name="type">Full name of its class.</param>
    public PartMember By(string type) => this with { Read = $"{Lambda}{type}.{Read.Substring(Lambda.Length)}" };
}

/// <summary>
/// Something wrong, found by any pass. The place is told by layer and argument; where they stand in the source is looked up when it is
/// reported.
/// </summary>
/// <param name="Id">Id of the diagnostic: <c>CN0012</c>.</param>
/// <param name="Layer">Index of the layer attribute; -1 for the class.</param>
/// <param name="Argument">Name of the argument, or of a place in <see cref="DeclarationLocations.Members"/>; null for the whole attribute
/// or class.</param>
/// <param name="Arguments">What fills the message's placeholders.</param>
internal sealed record Finding(string Id, int Layer, string? Argument, EquatableArray<string> Arguments);
