using System.Collections.Immutable;
using CompiledNets.Generator.Declaration;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace CompiledNets.Generator.Diagnostics;

/// <summary>Finds layers on a class that is no network: without <c>[Network]</c> they do nothing, and nobody would say so.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LayersWithoutNetworkAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [DiagnosticDescriptors.LayersWithoutNetwork];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterSymbolAction(static symbol =>
        {
            var type = (INamedTypeSymbol)symbol.Symbol;
            if (type.GetAttributes().Any(DeclarationReader.IsNetwork)) return;
            AttributeData? layer = type.GetAttributes()
                .Concat(type.GetMembers().OfType<IPropertySymbol>().SelectMany(property => property.GetAttributes()))
                .FirstOrDefault(DeclarationReader.IsPart);
            if (layer?.ApplicationSyntaxReference is { } place)
                symbol.ReportDiagnostic(Diagnostic.Create(DiagnosticDescriptors.LayersWithoutNetwork,
                    Location.Create(place.SyntaxTree, place.Span), type.Name));
        }, SymbolKind.NamedType);
    }
}
