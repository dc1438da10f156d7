using CompiledNets.Generator.Diagnostics;
using Microsoft.CodeAnalysis;

namespace CompiledNets.Generator.Declaration;

/// <summary>
/// Reads the networks that a network applies, and those that these apply, each once: those of its own compilation from their attributes,
/// those of other assemblies from their manifests.
/// </summary>
internal sealed class NestedNetworks
{
    private const string ManifestAttribute = "CompiledNets.Execution.NetworkManifestAttribute";

    private readonly Compilation compilation;
    private readonly Dictionary<ITypeSymbol, string> keys = new(SymbolEqualityComparer.Default);
    private readonly HashSet<string> taken = new(StringComparer.Ordinal);
    private readonly Dictionary<string, INamedTypeSymbol?> types = new(StringComparer.Ordinal);
    private readonly List<NetworkBody> bodies = [];
    private readonly Queue<INamedTypeSymbol> unread = new();
    private readonly List<(string Key, IReadOnlyList<NetworkBody> Networks)> manifests = [];

    /// <summary>Begins with the network that applies the others.</summary>
    public NestedNetworks(Compilation compilation, INamedTypeSymbol outermost)
    {
        this.compilation = compilation;
        Key = Take(outermost);
    }

    /// <summary>What the outermost network is known by.</summary>
    public string Key { get; }

    /// <summary>What a network is known by that an attribute applies; it is read later.</summary>
    public string KeyOf(ITypeSymbol type)
    {
        if (keys.TryGetValue(type, out string? known)) return known;
        string key = Take(type);
        if (type is INamedTypeSymbol named && type.TypeKind != TypeKind.Error) unread.Enqueue(named);
        else bodies.Add(NetworkBody.Wrong(key, type.Name, "it is not declared where networks are compiled."));
        return key;
    }

    /// <summary>Reads all that were asked for.</summary>
    /// <param name="read">Reads a network of the compilation itself.</param>
    public EquatableArray<NetworkBody> Read(Func<INamedTypeSymbol, string, NetworkBody> read)
    {
        while (unread.Count > 0)
        {
            INamedTypeSymbol type = unread.Dequeue();
            string key = keys[type];
            bool isOwn = SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, compilation.Assembly);
            if (!type.GetAttributes().Any(DeclarationReader.IsNetwork))
                bodies.Add(NetworkBody.Wrong(key, type.Name, "it is no network. Add [Network] to it."));
            else if (isOwn) bodies.Add(read(type, key));
            else ReadManifest(type, key);
        }

        foreach ((string key, IReadOnlyList<NetworkBody> networks) in manifests) TakeOver(key, networks);
        return bodies.OrderBy(body => body.Key, StringComparer.Ordinal).ToArray();
    }

    /// <summary>Members that networks below an attribute name, and that the outermost network's class cannot see.</summary>
    /// <param name="layer">The attribute.</param>
    /// <param name="index">Its index.</param>
    /// <param name="outermost">The class.</param>
    public IEnumerable<Finding> Hidden(LayerDeclaration layer, int index, INamedTypeSymbol outermost)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal) { Key };
        var open = new Queue<LayerDeclaration>([layer]);
        while (open.Count > 0)
        {
            if (open.Dequeue().Network is not { } key || !seen.Add(key) || bodies.Find(body => body.Key == key) is not { } body) continue;
            foreach (LayerDeclaration inner in body.Layers) open.Enqueue(inner);
            foreach (PartMember member in body.PartMembers)
            {
                ISymbol[] found = [.. TypeOf(key)?.GetMembers(member.Name) ?? []];
                if (member.Problem is null && !found.Any(symbol => compilation.IsSymbolAccessibleWithin(symbol, outermost)))
                    yield return new(DiagnosticDescriptors.HiddenMember.Id, index, null, new[] { body.Name, member.Name, outermost.Name });
            }
        }
    }

    /// <summary>A class by its full name as metadata has it: <c>App.Outer+Net</c>.</summary>
    private static string FullName(ITypeSymbol type)
    {
        string name = type.MetadataName;
        for (INamedTypeSymbol? container = type.ContainingType; container is not null; container = container.ContainingType)
            name = $"{container.MetadataName}+{name}";
        return type.ContainingNamespace is null or { IsGlobalNamespace: true }
            ? name : $"{type.ContainingNamespace.ToDisplayString()}.{name}";
    }

    private INamedTypeSymbol? TypeOf(string key) => types.TryGetValue(key, out INamedTypeSymbol? type)
        ? type : compilation.GetTypeByMetadataName(key);

    private string Take(ITypeSymbol type)
    {
        string key = Free(FullName(type));
        taken.Add(key);
        keys[type] = key;
        types[key] = type as INamedTypeSymbol;
        return key;
    }

    private string Free(string name)
    {
        string key = name;
        for (int i = 2; taken.Contains(key); i++) key = $"{name}#{Emit.CodeWriter.Int(i)}";
        return key;
    }

    private void ReadManifest(INamedTypeSymbol type, string key)
    {
        AttributeData? mark = type.GetAttributes()
            .FirstOrDefault(attribute => attribute.AttributeClass?.ToDisplayString() == ManifestAttribute);
        string? text = mark?.ConstructorArguments.FirstOrDefault().Value as string;
        if (text is null || NetworkManifest.Read(text) is not { Count: > 0 } read)
        {
            string assembly = type.ContainingAssembly.Name;
            bodies.Add(NetworkBody.Wrong(key, type.Name,
                $"'{assembly}' brings no manifest of it that this compiler reads. Build both with one version."));
            return;
        }

        bodies.Add(read[0] with { Key = key });
        manifests.Add((key, read));
    }

    // The networks of a manifest keep their names, unless one of the names means another network here.
    private void TakeOver(string key, IReadOnlyList<NetworkBody> read)
    {
        NetworkBody[] below = [.. read.Skip(1)];
        bool areSame = below.All(body => !taken.Contains(body.Key) || bodies.Contains(body));
        Dictionary<string, string> renamed = below.ToDictionary(body => body.Key, body => areSame
            ? body.Key : Free(body.Key), StringComparer.Ordinal);
        foreach (NetworkBody body in below)
        {
            string own = renamed[body.Key];
            if (!taken.Add(own)) continue;
            types[own] = compilation.GetTypeByMetadataName(body.Key);
            bodies.Add(Renamed(body) with { Key = own });
        }

        int head = bodies.FindIndex(body => body.Key == key);
        bodies[head] = Renamed(bodies[head]);

        NetworkBody Renamed(NetworkBody body) => body with { Layers = body.Layers.Select(layer => layer.Renamed(renamed)).ToArray() };
    }
}
