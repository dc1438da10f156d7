using CompiledNets.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CompiledNets.Generator.Declaration;

/// <summary>
/// Arguments that have no value where networks are compiled. Most are mistakes that C# reports. Not so a constant that a generator writes:
/// C# knows it in the end, and without a word of ours the
/// network would be missing.
/// </summary>
internal static class UnreadableArguments
{
    /// <summary>Whether C# could make no constant of some argument, or the argument names what nobody declares.</summary>
    public static bool Has(AttributeData attribute, INamedTypeSymbol type, Compilation compilation, CancellationToken cancellation) =>
        attribute.AttributeConstructor is null
        || attribute.ConstructorArguments.Any(IsUnknown)
        || attribute.NamedArguments.Any(argument => IsUnknown(argument.Value))
        || NamesNothing(attribute, type, compilation, cancellation);

    /// <summary>What is to be said of such an attribute.</summary>
    public static IEnumerable<Finding> Find(AttributeData attribute, int index, Compilation compilation, CancellationToken cancellation)
    {
        var syntax = (AttributeSyntax)attribute.ApplicationSyntaxReference!.GetSyntax(cancellation);
        SemanticModel model = compilation.GetSemanticModel(syntax.SyntaxTree);
        foreach (AttributeArgumentSyntax argument in syntax.ArgumentList?.Arguments ?? default)
        {
            string? name = DeclarationReader.NameOf(argument, attribute, syntax);
            if (Unknown(argument.Expression, model, cancellation) is { } unknown)
                yield return new(DiagnosticDescriptors.UnknownConstant.Id, index, name, new[] { unknown });
            else if (name is not null && PartMembers.KindOf(name) is { } kind
                && PartMembers.Is(model.GetTypeInfo(argument.Expression, cancellation).Type, kind))
            {
                string[] words = [argument.Expression.ToString(), name, Hint(argument.Expression, name, kind)];
                yield return new(DiagnosticDescriptors.BadInitializer.Id, index, name, words);
            }
        }
    }

    private static bool IsUnknown(TypedConstant constant) =>
        constant.Kind == TypedConstantKind.Error
        || (constant is { Kind: TypedConstantKind.Array, IsNull: false } && constant.Values.Any(IsUnknown));

    // The first name that means nothing yet, or a constant made of such.
    private static string? Unknown(ExpressionSyntax expression, SemanticModel model, CancellationToken cancellation)
    {
        foreach (SimpleNameSyntax name in expression.DescendantNodesAndSelf().OfType<SimpleNameSyntax>())
        {
            if (name.Identifier.IsMissing || name is { Identifier.ValueText: "nameof", Parent: InvocationExpressionSyntax }) continue;
            // NamesNothing has the reason.
            if (name.Ancestors().TakeWhile(ancestor => ancestor != expression.Parent).Any(IsNameof)) continue;
            SymbolInfo found = model.GetSymbolInfo(name, cancellation);
            bool isUnknown = found.Symbol is IFieldSymbol { IsConst: true, HasConstantValue: false }
                || (found.Symbol is null && found.CandidateSymbols.IsEmpty);
            if (isUnknown)
                return name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access.ToString() : name.ToString();
        }

        return null;
    }

    // C# makes a constant of nameof whether or not there is what it names; where there is nothing, its own error needs no second one.
    private static bool NamesNothing(AttributeData attribute, INamedTypeSymbol type, Compilation compilation,
        CancellationToken cancellation)
    {
        foreach (SyntaxNode node in attribute.ApplicationSyntaxReference!.GetSyntax(cancellation).DescendantNodes().Where(IsNameof))
        {
            if (((InvocationExpressionSyntax)node).ArgumentList.Arguments is not [{ Expression: { } named }]) continue;
            // Members of the class are found without its being bound.
            if (named is IdentifierNameSyntax own && !type.GetMembers(own.Identifier.ValueText).IsEmpty) continue;
            SymbolInfo found = compilation.GetSemanticModel(node.SyntaxTree).GetSymbolInfo(named, cancellation);
            if (found.Symbol is null && found.CandidateSymbols.IsEmpty) return true;
        }

        return false;
    }

    private static bool IsNameof(SyntaxNode node) =>
        node is InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "nameof" } };

    private static string Hint(ExpressionSyntax expression, string argument, string kind) =>
        expression is BaseObjectCreationExpressionSyntax
        ? $"attributes take its name. Add 'private static {kind} Small => {expression};' to the class and write '{argument} = " +
            $"nameof(Small)'."
        : $"attributes take its name. Write '{argument} = nameof({expression})'.";
}
