using CompiledNets.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CompiledNets.Generator.Declaration;

/// <summary>Reads a class with layer attributes into records; nothing behind it sees Roslyn.</summary>
internal static class DeclarationReader
{
    private const string LayerAttribute = "CompiledNets.LayerAttribute";
    private const string InitializerClass = "CompiledNets.Initializer";

    /// <summary>What the user wrote, and where; null for a part of a class whose other part is read.</summary>
    public static NetworkSource? Read(GeneratorAttributeSyntaxContext context, CancellationToken cancellation)
    {
        var type = (INamedTypeSymbol)context.TargetSymbol;
        var node = (TypeDeclarationSyntax)context.TargetNode;
        if (!IsFirst(context.Attributes[0], type)) return null;
        AttributeData[] attributes = LayerAttributes(type, cancellation);
        Finding[] findings = [.. DeclarationChecks.Run(type, node, attributes)];
        string hint = TypeNames.Hint(type);
        var declaration = new NetworkDeclaration
        {
            Namespace = type.ContainingNamespace.IsGlobalNamespace ? "" : TypeNames.Escaped(type.ContainingNamespace),
            ContainingTypes = TypeNames.Containers(type).Select(TypeNames.Header).ToArray(),
            Name = TypeNames.Escape(type.Name),
            HintName = hint,
            MemberNames = type.GetMembers().Where(member => !member.IsImplicitlyDeclared).Select(member => member.Name)
                .Append(type.Name).Distinct().OrderBy(name => name, StringComparer.Ordinal).ToArray(),
            InitializerMembers = type.GetMembers().Where(IsInitializer).Select(Invocation).OrderBy(name => name, StringComparer.Ordinal).ToArray(),
            Layers = attributes.Select(ReadLayer).ToArray(),
            IsErroneous = attributes.Any(IsErroneous),
            Findings = findings,
        };
        var locations = new DeclarationLocations(hint, Place.Of(node.Identifier.GetLocation()), attributes.Select(attribute => PlaceOf(attribute, cancellation)).ToArray(),
            findings.Where(finding => finding is { Layer: < 0, Argument: not null }).Select(finding => new ArgumentPlace(finding.Argument!, Place.Of(type.GetMembers(finding.Argument!)[0].Locations[0]))).ToArray());
        return new(declaration, locations);
    }

    // Two parts of a class may both say [Network]; C# calls that an error, and the class is one network still.
    private static bool IsFirst(AttributeData attribute, INamedTypeSymbol type) =>
        attribute.ApplicationSyntaxReference is { } own
        && type.GetAttributes().First(other => other.AttributeClass!.Equals(attribute.AttributeClass, SymbolEqualityComparer.Default)).ApplicationSyntaxReference is { } first
        && own.SyntaxTree == first.SyntaxTree && own.Span == first.Span;

    // C# gives attributes no order and Roslyn promises none: the place in the source decides.
    private static AttributeData[] LayerAttributes(INamedTypeSymbol type, CancellationToken cancellation) =>
    [
        .. type.GetAttributes()
            .Where(attribute => IsLayer(attribute) && attribute.ApplicationSyntaxReference is not null)
            .OrderBy(attribute => attribute.ApplicationSyntaxReference!.SyntaxTree.FilePath, StringComparer.Ordinal)
            .ThenBy(attribute => attribute.ApplicationSyntaxReference!.Span.Start),
    ];

    /// <summary>Whether an attribute is one of a layer.</summary>
    public static bool IsLayer(AttributeData attribute)
    {
        for (INamedTypeSymbol? type = attribute.AttributeClass; type is not null; type = type.BaseType)
            if (type.ToDisplayString() == LayerAttribute) return true;
        return false;
    }

    private static bool IsErroneous(AttributeData attribute) =>
        attribute.AttributeConstructor is null
        || attribute.ConstructorArguments.Any(IsErroneous)
        || attribute.NamedArguments.Any(argument => IsErroneous(argument.Value));

    private static bool IsErroneous(TypedConstant constant) =>
        constant.Kind == TypedConstantKind.Error || (constant is { Kind: TypedConstantKind.Array, IsNull: false } && constant.Values.Any(IsErroneous));

    private static LayerDeclaration ReadLayer(AttributeData attribute)
    {
        var arguments = new List<ArgumentDeclaration>();
        if (attribute.AttributeConstructor is { } constructor)
        {
            for (int i = 0; i < attribute.ConstructorArguments.Length && i < constructor.Parameters.Length; i++)
                arguments.Add(new(Pascal(constructor.Parameters[i].Name), ValueOf(attribute.ConstructorArguments[i])));
        }

        foreach (KeyValuePair<string, TypedConstant> argument in attribute.NamedArguments) arguments.Add(new(argument.Key, ValueOf(argument.Value)));
        string name = attribute.AttributeClass!.Name;
        const string suffix = "Attribute";
        return new()
        {
            Attribute = name.EndsWith(suffix, StringComparison.Ordinal) ? name.Substring(0, name.Length - suffix.Length) : name,
            Arguments = arguments.ToArray(),
        };
    }

    private static object? ValueOf(TypedConstant constant) => constant.Kind switch
    {
        TypedConstantKind.Error => null,
        TypedConstantKind.Array => constant.IsNull ? null : (object)new EquatableArray<object?>(constant.Values.Select(ValueOf).ToArray()),
        TypedConstantKind.Type => (constant.Value as ITypeSymbol)?.ToDisplayString(),
        _ => constant.Value,
    };

    private static bool IsInitializer(ISymbol member)
    {
        if (!member.IsStatic) return false;
        ITypeSymbol? type = member switch
        {
            IPropertySymbol { IsIndexer: false } property => property.Type,
            IFieldSymbol field => field.Type,
            IMethodSymbol { Parameters.Length: 0, MethodKind: MethodKind.Ordinary, TypeParameters.Length: 0 } method => method.ReturnType,
            _ => null,
        };
        for (; type is not null; type = type.BaseType)
            if (type.ToDisplayString() == InitializerClass) return true;
        return false;
    }

    // How the member is read: a method with its parentheses.
    private static string Invocation(ISymbol member) => TypeNames.Escape(member.Name) + (member is IMethodSymbol ? "()" : "");

    private static LayerPlace PlaceOf(AttributeData attribute, CancellationToken cancellation)
    {
        var syntax = (AttributeSyntax)attribute.ApplicationSyntaxReference!.GetSyntax(cancellation);
        var arguments = new List<ArgumentPlace>();
        SeparatedSyntaxList<AttributeArgumentSyntax> list = syntax.ArgumentList?.Arguments ?? default;
        for (int i = 0; i < list.Count; i++)
        {
            string? name = list[i].NameEquals?.Name.Identifier.ValueText
                ?? (list[i].NameColon is { } colon ? Pascal(colon.Name.Identifier.ValueText)
                : attribute.AttributeConstructor is { } constructor && constructor.Parameters.Length > 0
                    ? Pascal(constructor.Parameters[Math.Min(i, constructor.Parameters.Length - 1)].Name) : null);
            if (name is not null && !arguments.Exists(a => a.Name == name)) arguments.Add(new(name, Place.Of(list[i].GetLocation())));
        }

        return new(Place.Of(syntax.GetLocation()), arguments.ToArray());
    }

    private static string Pascal(string name) => name.Length == 0 ? name : char.ToUpperInvariant(name[0]) + name.Substring(1);
}
