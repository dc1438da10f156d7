using CompiledNets.Generator.Declaration;
using CompiledNets.Generator.Diagnostics;
using CompiledNets.Generator.Emit;
using CompiledNets.Generator.Layers;
using CompiledNets.Naming;

namespace CompiledNets.Generator.Passes;

/// <summary>Attributes to layers: options typed and checked, defaults and names filled in.</summary>
internal static class Resolve
{
    /// <summary>What no layer's property may hide.</summary>
    public static readonly IReadOnlyCollection<string> Reserved = new HashSet<string>(ReservedMembers.Names, StringComparer.Ordinal);

    // Names of members are cut off at 1,023 bytes in metadata, and generated ones are longer than the layer's.
    private const int LongestName = 200;

    // The same of a layer in networks, whose names stand before its own.
    private const int LongestPath = 300;

    /// <summary>The attributes that say how values go from one layer to the next.</summary>
    private static readonly HashSet<string> Wiring = new(StringComparer.Ordinal) { "Input", "From", "Output", "Shared" };

    /// <summary>The layers and networks of a declaration.</summary>
    /// <param name="declaration">What the user wrote.</param>
    /// <param name="findings">Takes what is wrong.</param>
    /// <param name="known">The checks of the networks that it applies, where they passed already.</param>
    public static ResolvedNetwork Run(NetworkDeclaration declaration, FindingList findings, NestingChecks? known = null)
    {
        foreach (string hidden in declaration.NamesInAttributes.Where(Reserved.Contains))
            findings.Add(DiagnosticDescriptors.HidesName.Id, -1, hidden, hidden, $"that member of '{declaration.Name}'",
                "Write it with what it belongs to.");
        var checks = known ?? new NestingChecks(declaration);
        NetworkBody own = declaration.Body;
        var layers = new Layer?[declaration.Layers.Count];
        var networks = new ResolvedNetwork?[layers.Length];
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        var names = new HashSet<string>(StringComparer.Ordinal);
        var properties = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < layers.Length; i++)
        {
            LayerDeclaration attribute = declaration.Layers[i];
            if (Wiring.Contains(attribute.Attribute) || Wrapping.IsWrapped(own, i)) continue;
            bool isNetwork = attribute.Attribute == LayerDeclaration.Apply;
            NetworkBody? body = !isNetwork ? null : known is null ? checks.Find(attribute, i, findings) : checks.Inner(attribute);
            if (isNetwork && body is null) continue;
            if (body is null && LayerTable.Find(attribute.Attribute) is null)
            {
                findings.Add(DiagnosticDescriptors.UnknownLayer.Id, i, null, attribute.Attribute);
                continue;
            }

            string name = NameOf(attribute, body, counts);
            CheckName(declaration, i, name, attribute["Name"] is null ? null : "Name", names, properties, findings);
            if (body is null) layers[i] = Make(own, i, i, name, counts, findings);
            else networks[i] = Inside(body, name, i, IsTrainable(attribute), checks, findings);
        }

        return new(own, "", layers, networks);
    }

    // A network in another one. It is whole by itself: only its place is left to be said. Null, and a finding, where it lies too deep.
    private static ResolvedNetwork? Inside(NetworkBody body, string path, int index, bool isTrainable, NestingChecks checks,
        FindingList findings)
    {
        var layers = new Layer?[body.Layers.Count];
        var networks = new ResolvedNetwork?[layers.Length];
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < layers.Length; i++)
        {
            LayerDeclaration attribute = body.Layers[i];
            if (Wiring.Contains(attribute.Attribute) || Wrapping.IsWrapped(body, i)) continue;
            NetworkBody? inner = checks.Inner(attribute);
            string name = $"{path}/{NameOf(attribute, inner, counts)}";
            if (name.Length > LongestPath)
            {
                string most = CodeWriter.Int(LongestPath);
                findings.Add(DiagnosticDescriptors.BadLayerName.Id, index, null, name.Substring(0, 40) + "...",
                    $"with the networks around it, it has more than {most} characters.");
                return null;
            }

            if (inner is not null)
            {
                networks[i] = Inside(inner, name, index, isTrainable && IsTrainable(attribute), checks, findings);
                if (networks[i] is null) return null;
            }
            else if (Make(body, i, index, name, counts, findings) is { } layer)
            {
                layers[i] = layer with { Trainable = layer.Trainable && isTrainable };
            }
        }

        return new(body, path, layers, networks);
    }

    // The layer of an attribute, with what it wraps; null, and a finding, where it wraps nothing. The place is that of the attribute, or of
    // the one that applies the network which it lies in.
    private static Layer? Make(NetworkBody body, int at, int place, string name, Dictionary<string, int> counts, FindingList findings)
    {
        LayerDeclaration attribute = body.Layers[at];
        Layer? wrapped = null;
        var all = new List<Layer>();
        if (LayerTable.Wraps(attribute.Attribute))
        {
            if (!Wrapping.IsWrapped(body, at + 1))
            {
                string instead = Wrapping.Instead(body, at + 1);
                findings.Add(DiagnosticDescriptors.NothingToWrap.Id, place, null, attribute.Attribute, instead);
                return null;
            }

            // It is called as its wrapper, but counts among the layers of its class, as in Keras.
            string own = NameOf(body.Layers[at + 1], null, counts);
            wrapped = Make(body, at + 1, place == at ? at + 1 : place, name, counts, findings);
            if (wrapped is null) return null;
            all.Add(wrapped);
            // Several cells tell their weights apart by their names.
            for (int next = at + 2; LayerTable.IsCell(body.Layers[at + 1].Attribute) && Wrapping.IsWrapped(body, next); next++)
            {
                if (all.Count == 1) all[0] = Named(wrapped, own);
                own = NameOf(body.Layers[next], null, counts);
                if (Make(body, next, place == at ? next : place, name, counts, findings) is not { } cell) return null;
                all.Add(Named(cell, own));
            }
        }

        Arguments arguments = wrapped is null
            ? new(attribute, place, name, body.PartMembers, findings)
            : new(attribute, place, name, body.PartMembers, findings) { Wrapped = wrapped, AllWrapped = all };
        Layer layer = LayerTable.Find(attribute.Attribute)!(arguments);
        return layer with
        {
            Rules = arguments.WeightRules(),
            Activity = ActivityPenalty.Sum(layer.Activity, arguments.Activity()),
            Options = LayerOptions.Write(attribute, [.. all.Select(inner => (inner.Type, inner.Options))]),
        };
    }

    private static Layer Named(Layer cell, string name) =>
        cell is CellLayer own ? own with { Cell = own.Cell with { Prefix = name + "_" } } : cell;

    private static string NameOf(LayerDeclaration attribute, NetworkBody? network, Dictionary<string, int> counts) =>
        attribute["Name"] as string ?? Automatic(SnakeCase.Of(network?.Name ?? LayerTable.ClassOf(attribute.Attribute)), counts);

    private static bool IsTrainable(LayerDeclaration attribute) => attribute["Trainable"] as bool? ?? true;

    // Keras counts the layers of a class: dense, dense_1, dense_2.
    private static string Automatic(string type, Dictionary<string, int> counts)
    {
        counts.TryGetValue(type, out int count);
        counts[type] = count + 1;
        return count == 0 ? type : type + "_" + CodeWriter.Int(count);
    }

    private static void CheckName(
        NetworkDeclaration declaration, int index, string name, string? argument, HashSet<string> names, HashSet<string> properties,
            FindingList findings)
    {
        string? wrong = name.Trim().Length == 0 ? "it is empty."
            : name.Contains('/') ? "it contains '/'."
            : !name.Any(char.IsLetter) ? "it has no letter."
            : name.Length > LongestName ? $"it has more than {CodeWriter.Int(LongestName)} characters." : null;
        if (wrong is not null)
        {
            findings.Add(DiagnosticDescriptors.BadLayerName.Id, index, argument, name, wrong);
            return;
        }

        string property = Identifier.Property(name, declaration);
        while (properties.Contains(property)) property += Identifier.OtherEnding;
        properties.Add(property);
        if (!names.Add(name)) findings.Add(DiagnosticDescriptors.DuplicateLayerName.Id, index, argument, name, declaration.Name);
        else if (Reserved.Contains(property) || declaration.MemberNames.Contains(property))
            findings.Add(DiagnosticDescriptors.NameCollision.Id, index, argument, name, property, declaration.Name);
        else if (declaration.NamesInAttributes.Contains(property))
            findings.Add(
                DiagnosticDescriptors.HidesName.Id, -1, property, property, $"the property of layer '{name}'",
                "Give the layer another Name, or write this with its namespace.");
    }
}
