using Microsoft.CodeAnalysis;

namespace CompiledNets.Generator.Declaration;

/// <summary>
/// Finds the members of a network's class that its layers name as initializers: <c>KernelInitializer = nameof(Small)</c>.
/// </summary>
internal static class InitializerMembers
{
    private const string InitializerClass = "Initializer";
    private const string InitializerSpace = "CompiledNets";

    /// <summary>Whether an argument of a layer names an initializer.</summary>
    public static bool IsNamedBy(string argument) => argument.EndsWith("Initializer", StringComparison.Ordinal);

    /// <summary>The members that the layers name, by their names; other members may change without compiling the network anew.</summary>
    public static InitializerMember[] Read(INamedTypeSymbol type, IEnumerable<LayerDeclaration> layers) =>
    [
        .. layers.SelectMany(layer => layer.Arguments).Where(argument => IsNamedBy(argument.Name))
            .Select(argument => argument.Value).OfType<string>().Distinct().OrderBy(name => name, StringComparer.Ordinal)
            .Select(name => Read(name, [.. type.GetMembers(name).Where(member => !member.IsImplicitlyDeclared)]))
            .OfType<InitializerMember>(),
    ];

    /// <summary>Whether a type is one of an initializer.</summary>
    public static bool IsInitializer(ITypeSymbol? type)
    {
        for (; type is not null; type = type.BaseType)
            if (type is { Name: InitializerClass, ContainingType: null, ContainingNamespace: { Name: InitializerSpace } space }
                && space.ContainingNamespace.IsGlobalNamespace) return true;
        return false;
    }

    private static InitializerMember? Read(string name, ISymbol[] overloads)
    {
        if (overloads.Length == 0) return null;
        ISymbol member = overloads.FirstOrDefault(overload => Problem(overload) is null) ?? overloads[0];
        string read = TypeNames.Escape(name) + (member is IMethodSymbol ? "()" : "");
        return new(name, $"static () => {read}", Problem(member), Warnings(member));
    }

    // Why generated code cannot take an initializer from it.
    private static string? Problem(ISymbol member)
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
        if (type is not null && !IsInitializer(type))
            return $"it gives '{type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)}', which is no Initializer.";
        if (unreadable is not null) return unreadable;
        if (!member.IsStatic) return "it is not static.";
        if (type!.NullableAnnotation == NullableAnnotation.Annotated) return "it may be null. Declare it without '?'.";
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

    private static IEnumerable<AttributeData> Marks(ISymbol member) =>
        member.GetAttributes().Concat((member as IPropertySymbol)?.GetMethod?.GetAttributes() ?? []);
}
