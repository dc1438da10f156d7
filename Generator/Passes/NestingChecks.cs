using CompiledNets.Generator.Declaration;
using CompiledNets.Generator.Diagnostics;

namespace CompiledNets.Generator.Passes;

/// <summary>Whether networks may be applied: each is whole by itself, none contains itself, and together they are not too many.</summary>
internal sealed class NestingChecks(NetworkDeclaration declaration)
{
    /// <summary>Layers that a network may apply; more take the compiler minutes.</summary>
    public const int MostCalls = 10_000;

    /// <summary>Networks in one another; names of layers would be too long for more.</summary>
    private const int Deepest = 50;

    private readonly Dictionary<string, NetworkBody> bodies = declaration.Networks.ToDictionary(body => body.Key, StringComparer.Ordinal);
    private readonly Dictionary<string, string?> problems = new(StringComparer.Ordinal);
    private readonly Dictionary<string, double> sizes = new(StringComparer.Ordinal);

    /// <summary>The network that an attribute applies; null, and a finding, where it cannot be.</summary>
    public NetworkBody? Find(LayerDeclaration attribute, int index, FindingList findings)
    {
        if (attribute.Network is not { } key) return null;
        List<string> path = [declaration.Key];
        bool leadsBack = LeadsBack(key, path);
        if (leadsBack && path[0] == path[path.Count - 1])
            findings.Add(DiagnosticDescriptors.ContainsItself.Id, index, null, NameOf(declaration.Key),
                string.Join(" applies ", path.Select(NameOf)));
        else if (leadsBack) findings.Add(DiagnosticDescriptors.NotApplicable.Id, index, null, NameOf(key), NetworkBody.HasMistakes);
        else if (path.Count > Deepest)
            findings.Add(DiagnosticDescriptors.TooManyLayers.Id, index, null, NameOf(declaration.Key),
                $"{Emit.CodeWriter.Int(Deepest)} networks in one another");
        else if (Problem(key) is { } problem) findings.Add(DiagnosticDescriptors.NotApplicable.Id, index, null, NameOf(key), problem);
        else if (SizeOf(declaration.Layers) > MostCalls)
            findings.Add(DiagnosticDescriptors.TooManyLayers.Id, index, null, NameOf(declaration.Key),
                $"{Emit.CodeWriter.Int(MostCalls)} layers");
        else return bodies[key];
        return null;
    }

    /// <summary>The network that an attribute applies in one that was found.</summary>
    public NetworkBody? Inner(LayerDeclaration attribute) => attribute.Network is { } key ? bodies[key] : null;

    private string NameOf(string key) => key == declaration.Key
        ? declaration.Name.TrimStart('@') : bodies.TryGetValue(key, out NetworkBody? body) ? body.Name : key;

    // Whether a network comes to one that is on the path already. The path is left as it was, unless it leads back, or is too long.
    private bool LeadsBack(string key, List<string> path)
    {
        bool isOnPath = path.Contains(key);
        if (sizes.ContainsKey(key) || !bodies.TryGetValue(key, out NetworkBody? body))
        {
            if (isOnPath) path.Add(key);
            return isOnPath;
        }

        path.Add(key);
        if (isOnPath) return true;
        foreach (LayerDeclaration layer in body.Layers)
        {
            if (path.Count > Deepest) return false;
            if (layer.Network is { } inner && LeadsBack(inner, path)) return true;
        }

        if (path.Count > Deepest) return false;
        path.RemoveAt(path.Count - 1);
        // Known to lead nowhere but on.
        sizes[key] = SizeOf(body.Layers);
        return false;
    }

    private double SizeOf(IEnumerable<LayerDeclaration> layers) =>
        layers.Sum(layer => layer.Network is not { } key ? 1 : sizes.TryGetValue(key, out double known) ? known : 0);

    private string? Problem(string key)
    {
        if (problems.TryGetValue(key, out string? known)) return known;
        problems[key] = null;
        if (!bodies.TryGetValue(key, out NetworkBody? body)) return null;
        string? problem = body.Problem;
        foreach (LayerDeclaration layer in body.Layers)
            if (layer.Network is { } inner && Problem(inner) is not null) problem ??= NetworkBody.HasMistakes;
        if (problem is null && sizes[key] <= MostCalls)
        {
            var own = new FindingList();
            NetworkCompiler.Build(Alone(body), own, this);
            if (own.HasErrors) problem = NetworkBody.HasMistakes;
        }

        return problems[key] = problem;
    }

    // A network by itself, as its class declares it.
    private NetworkDeclaration Alone(NetworkBody body) => declaration with
    {
        Name = body.Name,
        Key = body.Key,
        PartMembers = body.PartMembers,
        MemberNames = EquatableArray<string>.Empty,
        NamesInAttributes = EquatableArray<string>.Empty,
        Findings = EquatableArray<Finding>.Empty,
        Layers = body.Layers,
        Nodes = body.Nodes,
    };
}
