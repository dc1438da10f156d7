using CompiledNets.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CompiledNets.Generator.Declaration;

/// <summary>Reads a class with layer attributes into records; nothing behind it sees Roslyn.</summary>
internal static class DeclarationReader
{
    private const string PartAttribute = "CompiledNets.NetworkPartAttribute";
    private const string NetworkAttribute = "CompiledNets.NetworkAttribute";

    /// <summary>What the user wrote, and where; null for a part of a class whose other part is read.</summary>
    public static NetworkSource? Read(GeneratorAttributeSyntaxContext context, CancellationToken cancellation)
    {
        var type = (INamedTypeSymbol)context.TargetSymbol;
        var node = (TypeDeclarationSyntax)context.TargetNode;
        if (!IsFirst(context.Attributes[0], type)) return null;
        AttributeData[] onClass = InOrder(type.GetAttributes(), cancellation);
        (IPropertySymbol Property, AttributeData[] Attributes)[] nodes = Nodes(type, cancellation);
        AttributeData[] attributes = [.. onClass, .. nodes.SelectMany(node => node.Attributes)];
        DeclarationChecks checks = DeclarationChecks.Run(type, node, onClass, nodes, attributes);
        Compilation compilation = context.SemanticModel.Compilation;
        bool[] unreadable = [.. attributes.Select(attribute => UnreadableArguments.Has(attribute, type, compilation, cancellation))];
        Finding[] findings =
        [
            .. checks.Findings,
            .. attributes.SelectMany((attribute, i) =>
                unreadable[i] ? UnreadableArguments.Find(attribute, i, compilation, cancellation) : []),
        ];
        string hint = TypeNames.Hint(type);
        var networks = new NestedNetworks(compilation, type);
        LayerDeclaration[] layers = [.. attributes.Select(attribute => ReadLayer(attribute, networks))];
        EquatableArray<NetworkBody> nested = networks.Read((inner, key) => ReadBody(inner, key, networks, compilation, cancellation));
        findings = [.. findings, .. layers.SelectMany((layer, i) => networks.Hidden(layer, i, type))];
        IReadOnlyList<ArgumentPlace> names = NamesInAttributes.Read(type, cancellation);
        var declaration = new NetworkDeclaration
        {
            Namespace = type.ContainingNamespace.IsGlobalNamespace ? "" : TypeNames.Escaped(type.ContainingNamespace),
            ContainingTypes = TypeNames.Containers(type).Select(TypeNames.Header).ToArray(),
            Name = TypeNames.Escape(type.Name),
            HintName = hint,
            FullName = TypeNames.Full(type),
            MemberNames = type.GetMembers().Where(member => !member.IsImplicitlyDeclared).Select(member => member.Name)
                .Append(type.Name).Distinct().OrderBy(name => name, StringComparer.Ordinal).ToArray(),
            PartMembers = PartMembers.Read(type, layers),
            NamesInAttributes = names.Select(name => name.Name).ToArray(),
            Layers = layers,
            Nodes = NodesOf(nodes, onClass.Length, cancellation),
            Key = networks.Key,
            Networks = nested,
            IsErroneous = unreadable.Contains(true),
            HasSeedConstructor = type.InstanceConstructors.Any(DeclarationChecks.TakesSeed),
            HasBase = type.BaseType is { SpecialType: not SpecialType.System_Object },
            NeedsClsMark = IsSeenOutside(type) && !type.GetAttributes().Any(IsClsMark)
                && compilation.Assembly.GetAttributes().Any(mark => IsClsMark(mark) && mark.ConstructorArguments[0].Value is true),
            Findings = findings,
        };
        var locations = new DeclarationLocations(
            hint,
            Place.Of(node.Identifier.GetLocation()),
            attributes.Select(attribute => PlaceOf(attribute, cancellation)).ToArray(),
            checks.Places.Concat(names).ToArray());
        return new(declaration, locations);
    }

    // Two parts of a class may both say [Network]; C# calls that an error, and the class is one network still.
    private static bool IsFirst(AttributeData attribute, INamedTypeSymbol type) =>
        attribute.ApplicationSyntaxReference is { } own
        && type.GetAttributes().First(IsNetwork).ApplicationSyntaxReference is { } first
        && own.SyntaxTree == first.SyntaxTree && own.Span == first.Span;

    // C# gives attributes no order and Roslyn promises none: the place in the source decides.
    private static AttributeData[] InOrder(IEnumerable<AttributeData> attributes, CancellationToken cancellation) =>
    [
        .. attributes
            .Where(attribute => IsPart(attribute) && attribute.ApplicationSyntaxReference is not null)
            .OrderBy(attribute => attribute.ApplicationSyntaxReference!.SyntaxTree.FilePath, StringComparer.Ordinal)
            .ThenBy(attribute => attribute.ApplicationSyntaxReference!.Span.Start),
    ];

    // The members with attributes of ours, in the order of the source.
    private static (IPropertySymbol Property, AttributeData[] Attributes)[] Nodes(INamedTypeSymbol type, CancellationToken cancellation) =>
    [
        .. type.GetMembers().OfType<IPropertySymbol>().Where(property => property.PartialDefinitionPart is null)
            .Select(property => (Property: property, Attributes: InOrder(property.GetAttributes(), cancellation)))
            .Where(node => node.Attributes.Length > 0)
            // Two of one name are an error of C#'s.
            .GroupBy(node => node.Property.Name).Select(group => group.First())
            .OrderBy(node => node.Attributes[0].ApplicationSyntaxReference!.SyntaxTree.FilePath, StringComparer.Ordinal)
            .ThenBy(node => node.Attributes[0].ApplicationSyntaxReference!.Span.Start),
    ];

    private static NodeDeclaration[] NodesOf((IPropertySymbol Property, AttributeData[] Attributes)[] nodes, int first,
        CancellationToken cancellation)
    {
        var declarations = new List<NodeDeclaration>();
        foreach ((IPropertySymbol property, AttributeData[] attributes) in nodes)
        {
            (string? header, string? accessors, bool hasComment) = OtherPart(property, cancellation);
            declarations.Add(new(property.Name, first, attributes.Length, header, accessors, hasComment));
            first += attributes.Length;
        }

        return [.. declarations];
    }

    // How the part of a property is written that the user leaves to the compiler; C# asks for the same modifiers.
    private static (string? Header, string? Accessors, bool HasComment) OtherPart(IPropertySymbol property, CancellationToken cancellation)
    {
        bool hasPart = property
            is { IsPartialDefinition: true, PartialImplementationPart: null, IsIndexer: false, Type.TypeKind: not TypeKind.Error }
            && property.ExplicitInterfaceImplementations.IsEmpty;
        if (!hasPart || property.DeclaringSyntaxReferences[0].GetSyntax(cancellation) is not PropertyDeclarationSyntax syntax)
            return (null, null, false);
        string type = property.Type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat
            .AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier));
        string header = $"{string.Join(" ", syntax.Modifiers.Select(modifier => modifier.Text))} {type} {TypeNames.Escape(property.Name)}";
        bool hasComment = syntax.GetLeadingTrivia().Any(trivia =>
            trivia.IsKind(SyntaxKind.SingleLineDocumentationCommentTrivia) || trivia.IsKind(SyntaxKind.MultiLineDocumentationCommentTrivia)
            || trivia.ToString().StartsWith("///", StringComparison.Ordinal));
        if (DeclarationChecks.IsNode(property)) return (header, null, hasComment);
        IEnumerable<string> accessors = syntax.AccessorList?.Accessors.Select(accessor =>
            string.Join(" ", accessor.Modifiers.Select(modifier => modifier.Text).Append($"{accessor.Keyword.Text} {{ throw null!; }}")))
                ?? [];
        return (header, string.Join(" ", accessors), hasComment);
    }

    /// <summary>Whether an attribute declares a part of a network.</summary>
    public static bool IsPart(AttributeData attribute) => IsPart(attribute.AttributeClass);

    /// <summary>Whether attributes of a class declare parts of a network.</summary>
    public static bool IsPart(ITypeSymbol? attribute)
    {
        for (ITypeSymbol? type = attribute; type is not null; type = type.BaseType)
            if (type.ToDisplayString() == PartAttribute) return true;
        return false;
    }

    /// <summary>Whether an attribute makes its class a network.</summary>
    public static bool IsNetwork(AttributeData attribute) => attribute.AttributeClass?.ToDisplayString() == NetworkAttribute;

    // Where an assembly says that it complies with the common language specification, C# asks the same of each class that others see.
    private static bool IsClsMark(AttributeData attribute) =>
        attribute.AttributeClass?.ToDisplayString() == "System.CLSCompliantAttribute" && attribute.ConstructorArguments.Length == 1;

    private static bool IsSeenOutside(INamedTypeSymbol type) => TypeNames.Containers(type).Append(type)
        .All(part => part.DeclaredAccessibility is Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal);

    // A network of the compilation that another one applies. What is wrong with it is said where it is declared.
    private static NetworkBody ReadBody(
        INamedTypeSymbol type, string key, NestedNetworks networks, Compilation compilation, CancellationToken cancellation)
    {
        AttributeData[] onClass = InOrder(type.GetAttributes(), cancellation);
        (IPropertySymbol Property, AttributeData[] Attributes)[] nodes = Nodes(type, cancellation);
        AttributeData[] attributes = [.. onClass, .. nodes.SelectMany(node => node.Attributes)];
        var node = type.GetAttributes().First(IsNetwork).ApplicationSyntaxReference?.GetSyntax(cancellation)
            .FirstAncestorOrSelf<TypeDeclarationSyntax>();
        bool isWhole = node is not null && attributes.Length > 0
            && !attributes.Any(attribute => UnreadableArguments.Has(attribute, type, compilation, cancellation))
            && DeclarationChecks.Run(type, node, onClass, nodes, attributes).Findings.Count == 0;
        if (!isWhole) return NetworkBody.Wrong(key, type.Name, NetworkBody.HasMistakes);
        LayerDeclaration[] layers = [.. attributes.Select(attribute => ReadLayer(attribute, networks))];
        return new()
        {
            Key = key,
            Name = type.Name,
            PartMembers = PartMembers.Read(type, layers).Select(member => member.By(TypeNames.Full(type))).ToArray(),
            Layers = layers,
            Nodes = NodesOf(nodes, onClass.Length, cancellation)
            .Select(own => own with { Header = null, Accessors = null, HasComment = false }).ToArray(),
        };
    }

    private static LayerDeclaration ReadLayer(AttributeData attribute, NestedNetworks networks)
    {
        var arguments = new List<ArgumentDeclaration>();
        if (attribute.AttributeClass is { Name: LayerDeclaration.Apply + "Attribute", TypeArguments: [{ } applied] })
            arguments.Add(new(nameof(LayerDeclaration.Network), networks.KeyOf(applied)));
        if (attribute.AttributeConstructor is { } constructor)
        {
            for (int i = 0; i < attribute.ConstructorArguments.Length && i < constructor.Parameters.Length; i++)
                arguments.Add(new(Pascal(constructor.Parameters[i].Name), ValueOf(attribute.ConstructorArguments[i])));
        }

        // C# sets properties after the constructor: Activation = Activation.Relu takes the place of a parameter.
        foreach (KeyValuePair<string, TypedConstant> argument in attribute.NamedArguments)
        {
            arguments.RemoveAll(other => other.Name == argument.Key);
            arguments.Add(new(argument.Key, ValueOf(argument.Value)));
        }

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

    private static LayerPlace PlaceOf(AttributeData attribute, CancellationToken cancellation)
    {
        var syntax = (AttributeSyntax)attribute.ApplicationSyntaxReference!.GetSyntax(cancellation);
        var arguments = new List<ArgumentPlace>();
        SeparatedSyntaxList<AttributeArgumentSyntax> list = syntax.ArgumentList?.Arguments ?? default;
        foreach (AttributeArgumentSyntax argument in list)
        {
            if (NameOf(argument, attribute, syntax) is not { } name) continue;
            // Further ones of a list are numbered: Nodes, Nodes.1, ...
            int before = arguments.Count(a => a.Name == name || a.Name.StartsWith(name + ".", StringComparison.Ordinal));
            arguments.Add(new(before == 0 ? name : $"{name}.{Emit.CodeWriter.Int(before)}", Place.Of(argument.GetLocation())));
        }

        return new(Place.Of(syntax.GetLocation()), arguments.ToArray());
    }

    /// <summary>The property, or in Pascal case the parameter, that an argument is for; null where there is none.</summary>
    public static string? NameOf(AttributeArgumentSyntax argument, AttributeData attribute, AttributeSyntax syntax)
    {
        if (argument.NameEquals is { } property) return property.Name.Identifier.ValueText;
        if (argument.NameColon is { } colon) return Pascal(colon.Name.Identifier.ValueText);
        // Where C# finds no constructor that fits, the only one tells the names.
        IMethodSymbol? constructor = attribute.AttributeConstructor ?? attribute.AttributeClass?.InstanceConstructors.FirstOrDefault();
        int place = syntax.ArgumentList!.Arguments.IndexOf(argument);
        return constructor is { Parameters.Length: > 0 and int count } ? Pascal(constructor.Parameters[Math.Min(place, count - 1)].Name)
            : null;
    }

    private static string Pascal(string name) => name.Length == 0 ? name : char.ToUpperInvariant(name[0]) + name.Substring(1);
}
