using Microsoft.CodeAnalysis;

namespace CompiledNets.Generator.Declaration;

/// <summary>
/// Finds the members of a network's class that its layers name: <c>KernelInitializer = nameof(Small)</c>. The ending of the argument is the
/// class of what the member gives.
/// </summary>
internal static class PartMembers
{
    private const string Space = "CompiledNets";

    private static readonly string[] Kinds = ["Initializer", "Regularizer", "Constraint"];

    /// <summary>The class of what an argument of a layer names; null where it names no member.</summary>
    public static string? KindOf(string argument) => Array.Find(Kinds, kind => argument.EndsWith(kind, StringComparison.Ordinal));

    /// <summary>The members that the layers name, by their names; other members may change without compiling the network anew.</summary>
    public static PartMember[] Read(INamedTypeSymbol type, IEnumerable<LayerDeclaration> layers) =>
    [
        .. layers.SelectMany(layer => layer.Arguments).Where(argument => argument.Value is string && KindOf(argument.Name) is not null)
            .Select(argument => (Kind: KindOf(argument.Name)!, Name: (string)argument.Value!))
            .Distinct().OrderBy(named => named.Name, StringComparer.Ordinal).ThenBy(named => named.Kind, StringComparer.Ordinal)
            .Select(named => Read(named.Kind, named.Name, [.. type.GetMembers(named.Name).Where(member => !member.IsImplicitlyDeclared)]))
            .OfType<PartMember>(),
    ];

    /// <summary>Whether a type is of a kind.</summary>
    public static bool Is(ITypeSymbol? type, string kind)
    {
        for (; type is not null; type = type.BaseType)
        {
            if (type is { ContainingType: null, ContainingNamespace: { Name: Space } space } && type.Name == kind
                && space.ContainingNamespace.IsGlobalNamespace) return true;
        }

        return false;
    }

    private static PartMember? Read(string kind, string name, ISymbol[] overloads)
    {
        if (overloads.Length == 0) return null;
        ISymbol member = overloads.FirstOrDefault(overload => Problem(kind, overload) is null) ?? overloads[0];
        string read = $"static () => {TypeNames.Escape(name)}{(member is IMethodSymbol ? "()" : "")}";
        return new(kind, name, read, Problem(kind, member), Warnings(member));
    }

    // Why generated code cannot take what is wanted from it.
    private static string? Problem(string kind, ISymbol member)
    {
        (ITypeSymbol? type, string? unreadable) = member switch
        {
            IPropertySymbol property => (property.Type, property.GetMethod is null ? "it has no getter." : null),
            IFieldSymbol field => (field.Type, null),
            IMethodSymbol { Parameters.Length: > 0 } method => (method.ReturnType, "it takes arguments."),
            IMethodSymbol { TypeParameters.Length: > 0 } method => (method.ReturnType, "it is generic."),
            IMethodSymbol method => (method.ReturnType, null),
            _ => ((ITypeSymbol?)null, $"it is no property, field or method. Add a static property that gives one, and name that."),
        };
        if (type is not null && !Is(type, kind))
            return $"it gives '{type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)}', which is no {kind}.";
        if (unreadable is not null) return unreadable;
        if (!member.IsStatic) return "it is not static.";
        if (type!.NullableAnnotation == NullableAnnotation.Annotated) return "it may be null. Declare it without '?'.";
        if (OfResult(member).Any(mark => mark.AttributeClass?.Name == "MaybeNullAttribute"))
            return "it may be null. Declare it without [MaybeNull].";
        return Marks(member).Any(mark =>
            mark.AttributeClass?.Name == nameof(ObsoleteAttribute) && mark.ConstructorArguments.Any(argument => argument.Value is true))
            ? "it is obsolete, and to read it is an error." : null;
    }

    // Ids of what C# says wherever it is read. Who names it was told so there.
    private static string[] Warnings(ISymbol member) =>
    [
        .. Marks(member).SelectMany(mark => mark.AttributeClass?.Name switch
        {
            nameof(ObsoleteAttribute) =>
            [
                "CS0612", "CS0618",
                .. mark.NamedArguments.Where(argument => argument.Key == "DiagnosticId").Select(argument => argument.Value.Value as string),
            ],
            "ExperimentalAttribute" => [mark.ConstructorArguments.FirstOrDefault().Value as string],
            _ => Array.Empty<string?>(),
        }).OfType<string>().Where(id => id.Length > 0 && id.All(c => char.IsLetterOrDigit(c) || c == '_'))
            .Distinct().OrderBy(id => id, StringComparer.Ordinal),
    ];

    // Attributes of what is given; on properties and fields they stand on the member.
    private static IEnumerable<AttributeData> OfResult(ISymbol member) => member switch
    {
        IMethodSymbol method => method.GetReturnTypeAttributes(),
        IPropertySymbol property => property.GetAttributes().Concat(property.GetMethod!.GetReturnTypeAttributes()),
        _ => member.GetAttributes(),
    };

    private static IEnumerable<AttributeData> Marks(ISymbol member) =>
        member.GetAttributes().Concat((member as IPropertySymbol)?.GetMethod?.GetAttributes() ?? []);
}
