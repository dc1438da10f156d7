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

    private static readonly SymbolDisplayFormat Escaped = SymbolDisplayFormat.CSharpErrorMessageFormat.AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers);

    /// <summary>What the user wrote, and where.</summary>
    public static (NetworkDeclaration Declaration, DeclarationLocations Locations) Read(GeneratorAttributeSyntaxContext context, CancellationToken cancellation)
    {
        var type = (INamedTypeSymbol)context.TargetSymbol;
        var node = (TypeDeclarationSyntax)context.TargetNode;
        AttributeData[] attributes = LayerAttributes(type, cancellation);
        string hint = HintName(type);
        var declaration = new NetworkDeclaration
        {
            Namespace = type.ContainingNamespace.IsGlobalNamespace ? "" : type.ContainingNamespace.ToDisplayString(Escaped),
            ContainingTypes = Containers(type).Select(Header).ToArray(),
            Name = Escape(type.Name),
            HintName = hint,
            MemberNames = type.GetMembers().Where(member => !member.IsImplicitlyDeclared).Select(member => member.Name)
                .Append(type.Name).Distinct().OrderBy(name => name, StringComparer.Ordinal).ToArray(),
            InitializerMembers = type.GetMembers().Where(IsInitializer).Select(Invocation).OrderBy(name => name, StringComparer.Ordinal).ToArray(),
            Layers = attributes.Select(ReadLayer).ToArray(),
            IsErroneous = attributes.Any(IsErroneous),
            Findings = Check(type, node, attributes).ToArray(),
        };
        var locations = new DeclarationLocations(hint, Place.Of(node.Identifier.GetLocation()), attributes.Select(attribute => PlaceOf(attribute, cancellation)).ToArray());
        return (declaration, locations);
    }

    // C# gives attributes no order and Roslyn promises none: the place in the source decides.
    private static AttributeData[] LayerAttributes(INamedTypeSymbol type, CancellationToken cancellation) =>
    [
        .. type.GetAttributes()
            .Where(attribute => IsLayer(attribute) && attribute.ApplicationSyntaxReference is not null)
            .OrderBy(attribute => attribute.ApplicationSyntaxReference!.SyntaxTree.FilePath, StringComparer.Ordinal)
            .ThenBy(attribute => attribute.ApplicationSyntaxReference!.Span.Start),
    ];

    private static bool IsLayer(AttributeData attribute)
    {
        for (INamedTypeSymbol? type = attribute.AttributeClass; type is not null; type = type.BaseType)
            if (type.ToDisplayString() == LayerAttribute) return true;
        return false;
    }

    private static bool IsErroneous(AttributeData attribute) =>
        attribute.AttributeConstructor is null
        || attribute.ConstructorArguments.Any(argument => argument.Kind == TypedConstantKind.Error)
        || attribute.NamedArguments.Any(argument => argument.Value.Kind == TypedConstantKind.Error);

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

    private static IEnumerable<Finding> Check(INamedTypeSymbol type, TypeDeclarationSyntax node, AttributeData[] attributes)
    {
        string name = type.Name;
        if (!IsPartial(node)) yield return ClassFinding(DiagnosticDescriptors.NotPartial, name);
        if (type.IsRecord || type.IsStatic) yield return ClassFinding(DiagnosticDescriptors.NotAClass, name, type.IsRecord ? "a record" : "static");
        INamedTypeSymbol? generic = Containers(type).Append(type).FirstOrDefault(t => t.TypeParameters.Length > 0);
        if (generic is not null) yield return ClassFinding(DiagnosticDescriptors.Generic, name, generic.Name);
        foreach (INamedTypeSymbol container in Containers(type))
        {
            if (!container.DeclaringSyntaxReferences.All(reference => reference.GetSyntax() is TypeDeclarationSyntax syntax && IsPartial(syntax)))
                yield return ClassFinding(DiagnosticDescriptors.ContainerNotPartial, name, container.Name);
        }

        if (type.BaseType is { SpecialType: not SpecialType.System_Object } ancestor && ancestor.ToDisplayString() != "CompiledNets.Model")
            yield return ClassFinding(DiagnosticDescriptors.HasBaseClass, name, ancestor.Name);
        SyntaxNode? Owner(AttributeData attribute) => attribute.ApplicationSyntaxReference!.GetSyntax().FirstAncestorOrSelf<TypeDeclarationSyntax>();
        for (int i = 1; i < attributes.Length; i++)
        {
            if (Owner(attributes[i]) == Owner(attributes[0])) continue;
            yield return new(DiagnosticDescriptors.SeveralDeclarations.Id, i, null, new[] { name });
            break;
        }

        ISymbol? member = attributes.Length == 0 ? null : type.GetMembers().FirstOrDefault(m => m is IPropertySymbol && m.GetAttributes().Any(IsLayer));
        if (member is not null) yield return ClassFinding(DiagnosticDescriptors.MixedDeclarations, name, member.Name);
    }

    private static Finding ClassFinding(DiagnosticDescriptor descriptor, params string[] arguments) => new(descriptor.Id, -1, null, arguments);

    private static bool IsPartial(TypeDeclarationSyntax node) => node.Modifiers.Any(modifier => modifier.IsKind(SyntaxKind.PartialKeyword));

    private static IEnumerable<INamedTypeSymbol> Containers(INamedTypeSymbol type)
    {
        var containers = new List<INamedTypeSymbol>();
        for (INamedTypeSymbol? container = type.ContainingType; container is not null; container = container.ContainingType) containers.Insert(0, container);
        return containers;
    }

    private static string Header(INamedTypeSymbol type)
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
    private static string Invocation(ISymbol member) => member is IMethodSymbol ? member.Name + "()" : member.Name;

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

    private static string HintName(INamedTypeSymbol type)
    {
        string name = string.Join(".", Containers(type).Append(type).Select(t => t.MetadataName));
        if (!type.ContainingNamespace.IsGlobalNamespace) name = type.ContainingNamespace.ToDisplayString() + "." + name;
        return name.Replace('`', '_');
    }

    // A name that is a keyword needs its sign.
    private static string Escape(string name) => SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None ? name : "@" + name;

    private static string Pascal(string name) => name.Length == 0 ? name : char.ToUpperInvariant(name[0]) + name.Substring(1);
}
