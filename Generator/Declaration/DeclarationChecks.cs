using CompiledNets.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CompiledNets.Generator.Declaration;

/// <summary>What can be wrong with a class before its layers are looked at.</summary>
internal static class DeclarationChecks
{
    // Members of every network, beside its layers.
    private static readonly string[] Generated = ["CreateProgram", "Describe", "InputShape", "OutputShape", "ParameterCount"];

    /// <summary>What is wrong.</summary>
    /// <param name="type">The class.</param>
    /// <param name="node">Its declaration with the network attribute.</param>
    /// <param name="attributes">Its layers, in order.</param>
    public static List<Finding> Run(INamedTypeSymbol type, TypeDeclarationSyntax node, AttributeData[] attributes)
    {
        var findings = new List<Finding>();
        string name = type.Name;
        INamedTypeSymbol[] nest = [.. TypeNames.Containers(type), type];
        if (!IsPartial(node)) findings.Add(OfClass(DiagnosticDescriptors.NotPartial, name));
        string? other = type.IsRecord ? "is a record"
            : type.IsStatic ? "is static"
            : nest.Any(part => part.IsFileLocal) ? "is local to its file"
            : HasPrimaryConstructor(type) ? "has a primary constructor"
            : null;
        if (other is not null) findings.Add(OfClass(DiagnosticDescriptors.NotAClass, name, other));
        if (nest.FirstOrDefault(part => part.TypeParameters.Length > 0) is { } generic) findings.Add(OfClass(DiagnosticDescriptors.Generic, name, generic.Name));
        foreach (INamedTypeSymbol container in TypeNames.Containers(type))
        {
            if (!Declarations(container).All(IsPartial)) findings.Add(OfClass(DiagnosticDescriptors.ContainerNotPartial, name, container.Name));
        }

        // A base class that does not exist is an error of its own.
        if (type.BaseType is { SpecialType: not SpecialType.System_Object, TypeKind: not TypeKind.Error } ancestor && ancestor.ToDisplayString() != "CompiledNets.Model")
            findings.Add(OfClass(DiagnosticDescriptors.HasBaseClass, name, ancestor.Name));
        SyntaxNode? Owner(AttributeData attribute) => attribute.ApplicationSyntaxReference!.GetSyntax().FirstAncestorOrSelf<TypeDeclarationSyntax>();
        int stray = Array.FindIndex(attributes, attribute => Owner(attribute) != Owner(attributes[0]));
        if (stray >= 0) findings.Add(new(DiagnosticDescriptors.SeveralDeclarations.Id, stray, null, new[] { name }));
        ISymbol? member = attributes.Length == 0 ? null : type.GetMembers().FirstOrDefault(m => m is IPropertySymbol && m.GetAttributes().Any(DeclarationReader.IsLayer));
        if (member is not null) findings.Add(OfClass(DiagnosticDescriptors.MixedDeclarations, name, member.Name));
        foreach (string taken in Generated)
        {
            if (type.GetMembers(taken).Length > 0) findings.Add(new(DiagnosticDescriptors.MemberCollision.Id, -1, taken, new[] { name, taken }));
        }

        for (int i = 0; i < attributes.Length; i++)
        {
            if (attributes[i].NamedArguments.FirstOrDefault(argument => argument.Key == "Name").Value is { Value: string given } && Printable(given) is { } printable && printable != given)
                findings.Add(new(DiagnosticDescriptors.BadLayerName.Id, i, "Name", new[] { printable, "it contains a character that cannot be printed." }));
        }

        return findings;
    }

    private static Finding OfClass(DiagnosticDescriptor descriptor, params string[] arguments) => new(descriptor.Id, -1, null, arguments);

    private static IEnumerable<TypeDeclarationSyntax> Declarations(INamedTypeSymbol type) => type.DeclaringSyntaxReferences.Select(reference => reference.GetSyntax()).OfType<TypeDeclarationSyntax>();

    private static bool IsPartial(TypeDeclarationSyntax node) => node.Modifiers.Any(modifier => modifier.IsKind(SyntaxKind.PartialKeyword));

    private static bool HasPrimaryConstructor(INamedTypeSymbol type) => Declarations(type).Any(node => node.ParameterList is not null);

    // Ends of lines would break out of comments in generated files, and half a pair of characters is no text.
    private static string Printable(string text) => new([.. text.Select((c, i) =>
        char.IsControl(c) || c is '\u2028' or '\u2029' or '\ufffe' or '\uffff'
        || (char.IsSurrogate(c) && !IsPair(text, i) && !IsPair(text, i - 1)) ? '?' : c)]);

    private static bool IsPair(string text, int first) => first >= 0 && first + 1 < text.Length && char.IsSurrogatePair(text[first], text[first + 1]);
}
