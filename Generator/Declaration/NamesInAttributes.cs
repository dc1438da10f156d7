using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CompiledNets.Generator.Declaration;

/// <summary>
/// Names that the attributes of a class use for something outside of it. In attributes the members of their class are found first, so that
/// a generated member of such a name would change what they mean.
/// </summary>
internal static class NamesInAttributes
{
    /// <summary>The names, each with a place where it stands.</summary>
    public static IReadOnlyList<ArgumentPlace> Read(INamedTypeSymbol type, CancellationToken cancellation)
    {
        var names = new List<ArgumentPlace>();
        foreach (SyntaxReference reference in type.DeclaringSyntaxReferences)
        {
            if (reference.GetSyntax(cancellation) is not TypeDeclarationSyntax declaration) continue;
            // Nodes are properties, whose attributes find the members of the class too.
            IEnumerable<SyntaxNode> nodes = declaration.AttributeLists
                .Concat(declaration.Members.OfType<PropertyDeclarationSyntax>().SelectMany(property => property.AttributeLists))
                .SelectMany(list => list.DescendantNodes());
            foreach (IdentifierNameSyntax name in nodes.OfType<IdentifierNameSyntax>().Where(IsUsed))
            {
                string text = name.Identifier.ValueText;
                if (text.Length > 0 && !names.Exists(other => other.Name == text) && type.GetMembers(text).IsEmpty)
                    names.Add(new(text, Place.Of(name.GetLocation())));
            }
        }

        return [.. names.OrderBy(name => name.Name, StringComparer.Ordinal)];
    }

    // Names of values stand first in an expression; those of types find no properties, and nameof gives the same text whatever it finds.
    private static bool IsUsed(IdentifierNameSyntax name) => name.Parent switch
    {
        MemberAccessExpressionSyntax access => access.Expression == name,
        AttributeSyntax or NameEqualsSyntax or NameColonSyntax or QualifiedNameSyntax or AliasQualifiedNameSyntax => false,
        CastExpressionSyntax cast => cast.Expression == name,
        TypeOfExpressionSyntax or SizeOfExpressionSyntax or DefaultExpressionSyntax or ArrayTypeSyntax or TypeArgumentListSyntax => false,
        InvocationExpressionSyntax => false,
        ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax } => false,
        _ => true,
    };
}
