using CompiledNets.Generator.Diagnostics;
using CompiledNets.Generator.Passes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CompiledNets.Generator.Declaration;

/// <summary>What can be wrong with a class before its layers are looked at.</summary>
internal sealed class DeclarationChecks
{
    // Members of every network, beside its layers.
    private static readonly string[] Generated = ["CreateProgram", "Describe", "Load", "InputShape", "OutputShape", "ParameterCount"];

    // What the compiler adds where there are several inputs or outputs.
    private static readonly string[] GeneratedForGraphs = Emit.PortsApi.Types;

    private readonly INamedTypeSymbol type;
    private readonly TypeDeclarationSyntax node;
    private readonly AttributeData[] onClass;
    private readonly (IPropertySymbol Property, AttributeData[] Attributes)[] nodes;
    private readonly AttributeData[] attributes;
    private readonly string name;

    private DeclarationChecks(
        INamedTypeSymbol type, TypeDeclarationSyntax node, AttributeData[] onClass,
            (IPropertySymbol Property, AttributeData[] Attributes)[] nodes, AttributeData[] attributes)
    {
        this.type = type;
        this.node = node;
        this.onClass = onClass;
        this.nodes = nodes;
        this.attributes = attributes;
        name = type.Name;
    }

    /// <summary>What is wrong.</summary>
    public List<Finding> Findings { get; } = [];

    /// <summary>Where the things stand that findings of the class are about.</summary>
    public List<ArgumentPlace> Places { get; } = [];

    /// <summary>Whether a constructor is the one that the compiler adds, which takes a seed or null.</summary>
    public static bool TakesSeed(IMethodSymbol constructor) =>
        constructor.Parameters is [{ Type: INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } type }]
        && type.TypeArguments[0].SpecialType == SpecialType.System_Int32;

    /// <summary>Checks a class.</summary>
    /// <param name="type">The class.</param>
    /// <param name="node">Its declaration with the network attribute.</param>
    /// <param name="onClass">The attributes of the class, in order.</param>
    /// <param name="nodes">The members with attributes, in order.</param>
    /// <param name="attributes">All of them.</param>
    public static DeclarationChecks Run(
        INamedTypeSymbol type, TypeDeclarationSyntax node, AttributeData[] onClass,
            (IPropertySymbol Property, AttributeData[] Attributes)[] nodes, AttributeData[] attributes)
    {
        var checks = new DeclarationChecks(type, node, onClass, nodes, attributes);
        // What stands here makes all that comes after it say the same again.
        if (checks.IsOfOldLanguage() || checks.IsDeclaredTwice()) return checks;
        checks.CheckClass();
        checks.CheckBases();
        checks.CheckOrder();
        checks.CheckNodes();
        checks.CheckMembers();
        checks.CheckLayerNames();
        return checks;
    }

    /// <summary>Whether a property is what a node has to be.</summary>
    public static bool IsNode(IPropertySymbol property) => property.Type.ToDisplayString() == "CompiledNets.Node" && property is
    {
        IsPartialDefinition: true, PartialImplementationPart: null, IsStatic: false, IsIndexer: false, SetMethod: null, GetMethod: not null,
        RefKind: RefKind.None, IsAbstract: false, IsExtern: false, ExplicitInterfaceImplementations.IsEmpty: true,
    };

    private bool IsOfOldLanguage()
    {
        if (node.SyntaxTree.Options is not CSharpParseOptions { LanguageVersion: < LanguageVersion.CSharp12 } options) return false;
        Add(DiagnosticDescriptors.OldLanguage, name, options.LanguageVersion.ToDisplayString());
        return true;
    }

    private bool IsDeclaredTwice()
    {
        SyntaxReference[] marks =
        [
            .. type.GetAttributes().Where(DeclarationReader.IsNetwork).Select(mark => mark.ApplicationSyntaxReference)
                .OfType<SyntaxReference>(),
        ];
        if (marks.Length < 2) return false;
        SyntaxReference first = marks[0], second = marks[1];
        string file = Path.GetFileName(first.SyntaxTree.FilePath);
        AddAt(Place.Of(Location.Create(second.SyntaxTree, second.Span)), DiagnosticDescriptors.DeclaredTwice, name, file);
        return true;
    }

    private void CheckClass()
    {
        INamedTypeSymbol[] nest = [.. TypeNames.Containers(type), type];
        if (!IsPartial(node)) Add(DiagnosticDescriptors.NotPartial, name);
        string? other = type.IsRecord ? "is a record"
            : type.IsStatic ? "is static"
            : nest.Any(part => part.IsFileLocal) ? "is local to its file"
            : Declarations(type).Any(declaration => declaration.ParameterList is not null) ? "has a primary constructor"
            : null;
        if (other is not null) Add(DiagnosticDescriptors.NotAClass, name, other);
        if (nest.FirstOrDefault(part => part.TypeParameters.Length > 0) is { } generic)
            Add(DiagnosticDescriptors.Generic, name, generic.Name);
        foreach (INamedTypeSymbol container in TypeNames.Containers(type))
        {
            if (!Declarations(container).All(IsPartial)) Add(DiagnosticDescriptors.ContainerNotPartial, name, container.Name);
        }
    }

    private void CheckBases()
    {
        // A base class that does not exist is an error of its own.
        if (type.BaseType is { SpecialType: not SpecialType.System_Object, TypeKind: not TypeKind.Error } ancestor
            && ancestor.ToDisplayString() != "CompiledNets.Model")
            Add(DiagnosticDescriptors.HasBaseClass, name, ancestor.Name);
        // C# takes ': object' for a base class of its own, which the generated part contradicts.
        else if (Declarations(type).SelectMany(declaration => declaration.BaseList?.Types ?? default)
            .FirstOrDefault(listed => IsObject(listed.Type)) is { } listed)
            AddAt(Place.Of(listed.GetLocation()), DiagnosticDescriptors.HasBaseClass, name, "object");
    }

    private void CheckOrder()
    {
        SyntaxNode? Owner(AttributeData attribute) =>
            attribute.ApplicationSyntaxReference!.GetSyntax().FirstAncestorOrSelf<TypeDeclarationSyntax>();
        int stray = Array.FindIndex(onClass, attribute => Owner(attribute) != Owner(onClass[0]));
        if (stray >= 0) Findings.Add(new(DiagnosticDescriptors.SeveralDeclarations.Id, stray, null, new[] { name }));
        if (onClass.Length > 0 && nodes.Length > 0) Add(DiagnosticDescriptors.MixedDeclarations, name, nodes[0].Property.Name);
    }

    private void CheckNodes()
    {
        // Mixed declarations are told already.
        if (nodes.Length == 0 || onClass.Length > 0) return;
        if (node.SyntaxTree.Options is CSharpParseOptions { LanguageVersion: < LanguageVersion.CSharp13 } options)
        {
            Add(DiagnosticDescriptors.OldLanguageForGraphs, name, options.LanguageVersion.ToDisplayString());
            return;
        }

        foreach ((IPropertySymbol property, _) in nodes)
        {
            if (!IsNode(property)) AddAt(Place.Of(property.Locations[0]), DiagnosticDescriptors.NotANode, property.Name);
        }
    }

    private void CheckMembers()
    {
        foreach (string taken in nodes.Length > 0 ? [.. Generated, .. GeneratedForGraphs] : Generated)
        {
            if (type.GetMembers(taken) is { IsEmpty: false } members)
                AddAt(Place.Of(members[0].Locations[0]), DiagnosticDescriptors.MemberCollision, name, taken);
        }

        // A property of the class would hide what others do with the model.
        foreach ((IPropertySymbol property, _) in nodes)
        {
            if (Resolve.Reserved.Contains(property.Name) && !Generated.Contains(property.Name))
                AddAt(Place.Of(property.Locations[0]), DiagnosticDescriptors.MemberCollision, name, property.Name);
        }

        foreach (IMethodSymbol constructor in type.InstanceConstructors)
        {
            SyntaxNode? written = constructor.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax();
            if (written is not ConstructorDeclarationSyntax declaration) continue;
            string? wrong = TakesSeed(constructor)
                ? "is one that the compiler adds. Remove it, or give it other parameters."
                : declaration.Initializer?.ThisOrBaseKeyword.IsKind(SyntaxKind.ThisKeyword) == true ? null
                : "does not call the generated one, which makes the layers. Write ': this()' or ': this(seed)' behind its parameters.";
            if (wrong is null) continue;
            Place place = Place.Of(declaration.Identifier.GetLocation());
            AddAt(place, DiagnosticDescriptors.OwnConstructor, $"{name}{declaration.ParameterList}", wrong);
        }
    }

    private void CheckLayerNames()
    {
        for (int i = 0; i < attributes.Length; i++)
        {
            if (attributes[i].NamedArguments.FirstOrDefault(argument => argument.Key == "Name").Value.Value is not string given) continue;
            string printable = Printable(given);
            if (printable == given) continue;
            string[] words = [printable, "it contains a character that cannot be printed."];
            Findings.Add(new(DiagnosticDescriptors.BadLayerName.Id, i, "Name", words));
        }
    }

    private void Add(DiagnosticDescriptor descriptor, params string[] arguments) => Findings.Add(new(descriptor.Id, -1, null, arguments));

    private void AddAt(Place place, DiagnosticDescriptor descriptor, params string[] arguments)
    {
        string key = $"{descriptor.Id}.{Emit.CodeWriter.Int(Places.Count)}";
        Places.Add(new(key, place));
        Findings.Add(new(descriptor.Id, -1, key, arguments));
    }

    private static IEnumerable<TypeDeclarationSyntax> Declarations(INamedTypeSymbol type) =>
        type.DeclaringSyntaxReferences.Select(reference => reference.GetSyntax()).OfType<TypeDeclarationSyntax>();

    private static bool IsPartial(TypeDeclarationSyntax node) => node.Modifiers.Any(modifier => modifier.IsKind(SyntaxKind.PartialKeyword));

    private static bool IsObject(TypeSyntax type) =>
        type is PredefinedTypeSyntax { Keyword.RawKind: (int)SyntaxKind.ObjectKeyword }
            || type.ToString() is "Object" or "System.Object" or "global::System.Object";

    // Ends of lines would break out of comments in generated files, and half a pair of characters is no text.
    private static string Printable(string text) => new([.. text.Select((c, i) =>
        char.IsControl(c) || c is '\u2028' or '\u2029' or '\ufffe' or '\uffff'
        || (char.IsSurrogate(c) && !IsPair(text, i) && !IsPair(text, i - 1)) ? '?' : c)]);

    private static bool IsPair(string text, int first) =>
        first >= 0 && first + 1 < text.Length && char.IsSurrogatePair(text[first], text[first + 1]);
}
