using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace CompiledNets.Generator.Declaration;

/// <summary>Names of a type as generated files say them.</summary>
internal static class TypeNames
{
    // Such a name, its hash and a folder or two stay below the 260 characters that Windows takes.
    private const int LongestHint = 80;

    private static readonly SymbolDisplayFormat WithSigns =
        SymbolDisplayFormat.CSharpErrorMessageFormat.AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers);

    /// <summary>The types around a type, outermost first.</summary>
    public static IReadOnlyList<INamedTypeSymbol> Containers(INamedTypeSymbol type)
    {
        var containers = new List<INamedTypeSymbol>();
        for (INamedTypeSymbol? container = type.ContainingType; container is not null; container = container.ContainingType)
            containers.Insert(0, container);
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
        string parameters = type.TypeParameters.Length == 0 ? ""
            : "<" + string.Join(", ", type.TypeParameters.Select(parameter => parameter.Name)) + ">";
        return $"partial {keyword} {Escape(type.Name)}{parameters}";
    }

    /// <summary>
    /// The name of generated files without their ending: unique in the project though the case of letters counts for nothing in it, valid
    /// in a file name, and no longer than paths can bear.
    /// </summary>
    public static string Hint(INamedTypeSymbol type)
    {
        string name = "";
        INamespaceOrTypeSymbol part = type;
        for (; part is not INamespaceSymbol { IsGlobalNamespace: true }; part = (INamespaceOrTypeSymbol)part.ContainingSymbol)
        {
            string separator = name.Length == 0 ? "" : part is INamedTypeSymbol ? "+" : ".";
            name = part.MetadataName.Replace('`', '-') + Twin(part) + separator + name;
        }

        // The files of a network are Net.g.cs and Net.Program.g.cs, so that a class Program beside it takes another name.
        if (string.Equals(type.Name, "Program", StringComparison.OrdinalIgnoreCase)) name += "(network)";
        return name.Length <= LongestHint ? name
            : name.Substring(name.Length - LongestHint).TrimStart('.', '+') + "-" + Emit.StableHash.Of(name);
    }

    /// <summary>A type as any file can say it, whatever it declares: <c>global::App.Outer.Net</c>.</summary>
    public static string Full(INamedTypeSymbol type)
    {
        string space = type.ContainingNamespace.IsGlobalNamespace ? "" : Escaped(type.ContainingNamespace) + ".";
        return $"global::{space}{string.Join(".", Containers(type).Append(type).Select(part => Escape(part.Name)))}";
    }

    /// <summary>A namespace as C# writes it.</summary>
    public static string Escaped(INamespaceSymbol space) => space.ToDisplayString(WithSigns);

    /// <summary>A name with the sign that keywords need. Any name of small letters gets it: one day it may be a keyword.</summary>
    public static string Escape(string name) =>
        SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None || name.All(c => c is >= 'a' and <= 'z') ? "@" + name : name;

    // Names that differ in case alone are numbered, in ordinal order; so are a class and a record of one name, which are an error of C#.
    private static string Twin(INamespaceOrTypeSymbol symbol)
    {
        INamespaceOrTypeSymbol[] twins =
        [
            .. ((INamespaceOrTypeSymbol)symbol.ContainingSymbol).GetMembers().OfType<INamespaceOrTypeSymbol>()
                .Where(member => string.Equals(member.MetadataName, symbol.MetadataName, StringComparison.OrdinalIgnoreCase))
                .OrderBy(member => member.MetadataName, StringComparer.Ordinal),
        ];
        int place = Array.FindIndex(twins, twin => SymbolEqualityComparer.Default.Equals(twin, symbol));
        return place <= 0 ? "" : $"({Emit.CodeWriter.Int(place + 1)})";
    }
}
