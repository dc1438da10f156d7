using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace CompiledNets.Generator.Declaration;

/// <summary>Names of a type as generated files say them.</summary>
internal static class TypeNames
{
    private static readonly SymbolDisplayFormat WithSigns = SymbolDisplayFormat.CSharpErrorMessageFormat.AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers);

    /// <summary>The types around a type, outermost first.</summary>
    public static IReadOnlyList<INamedTypeSymbol> Containers(INamedTypeSymbol type)
    {
        var containers = new List<INamedTypeSymbol>();
        for (INamedTypeSymbol? container = type.ContainingType; container is not null; container = container.ContainingType) containers.Insert(0, container);
        return containers;
    }

    /// <summary>How another part of a type begins: <c>partial class Outer</c>.</summary>
    public static string Header(INamedTypeSymbol type)
    {
        string keyword = (type.IsRecord, type.TypeKind) switch
        {
            (true, TypeKind.Struct) => "record struct",
            (true, _) => "record",
            (_, TypeKind.Struct) => "struct",
            (_, TypeKind.Interface) => "interface",
            _ => "class",
        };
        string parameters = type.TypeParameters.Length == 0 ? "" : "<" + string.Join(", ", type.TypeParameters.Select(parameter => parameter.Name)) + ">";
        return $"partial {keyword} {Escape(type.Name)}{parameters}";
    }

    /// <summary>The name of generated files without their ending: unique in the project though the case of letters counts for nothing in it, and valid in a file name.</summary>
    public static string Hint(INamedTypeSymbol type)
    {
        var parts = new List<string>();
        for (INamespaceOrTypeSymbol? part = type; part is not null and not INamespaceSymbol { IsGlobalNamespace: true }; part = (INamespaceOrTypeSymbol?)part.ContainingSymbol)
            parts.Insert(0, part.MetadataName.Replace('`', '-') + Twin(part));
        return string.Join(".", parts);
    }

    /// <summary>A namespace as C# writes it.</summary>
    public static string Escaped(INamespaceSymbol space) => space.ToDisplayString(WithSigns);

    /// <summary>A name with the sign that keywords need. Any name of small letters gets it: one day it may be a keyword.</summary>
    public static string Escape(string name) => SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None || name.All(c => c is >= 'a' and <= 'z') ? "@" + name : name;

    // Names that differ in case alone are numbered, in ordinal order.
    private static string Twin(INamespaceOrTypeSymbol symbol)
    {
        string[] twins =
        [
            .. ((INamespaceOrTypeSymbol)symbol.ContainingSymbol).GetMembers().OfType<INamespaceOrTypeSymbol>().Select(member => member.MetadataName)
                .Where(name => string.Equals(name, symbol.MetadataName, StringComparison.OrdinalIgnoreCase)).Distinct().OrderBy(name => name, StringComparer.Ordinal),
        ];
        int place = Array.IndexOf(twins, symbol.MetadataName);
        return place <= 0 ? "" : $"({Emit.CodeWriter.Int(place + 1)})";
    }
}
