using CompiledNets.Generator.Declaration;
using CompiledNets.Generator.Diagnostics;
using CompiledNets.Generator.Emit;
using CompiledNets.Generator.Passes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace CompiledNets.Generator;

/// <summary>The generator's pipeline: attributes to declarations, declarations to networks, networks to files and diagnostics.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class NetworkGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var read = context.SyntaxProvider.ForAttributeWithMetadataName(
            "CompiledNets.NetworkAttribute",
            static (node, _) => node.IsKind(SyntaxKind.ClassDeclaration) || node.IsKind(SyntaxKind.RecordDeclaration),
            static (attribute, cancellation) => DeclarationReader.Read(attribute, cancellation))
            .Where(static source => source is not null).Select(static (source, _) => source!).WithTrackingName(TrackingNames.Read);

        var networks = read
            .Select(static (source, _) => source.Declaration).WithTrackingName(TrackingNames.Declarations)
            .Select(static (declaration, cancellation) => NetworkCompiler.Compile(declaration, cancellation))
                .WithTrackingName(TrackingNames.Networks);

        var diagnostics = networks
            .Select(static (network, _) => new Report(network.HintName, network.Findings))
            .Combine(read.Select(static (source, _) => source.Locations).Collect())
            .Select(static (pair, _) => pair.Left.At(pair.Right)).WithTrackingName(TrackingNames.Diagnostics);

        IncrementalValueProvider<string?> keras = context.CompilationProvider.Select(static (compilation, _) =>
            compilation.GetTypeByMetadataName(KerasFilesFile.TypeName) is not null ? compilation.AssemblyName ?? "" : null);
        context.RegisterImplementationSourceOutput(keras, static (output, assembly) =>
        {
            if (assembly is not null) output.AddSource("KerasFiles.g.cs", KerasFilesFile.Write(assembly));
        });

        context.RegisterSourceOutput(networks, static (output, network) =>
        {
            if (network.Api is { } api) output.AddSource(network.HintName + ".g.cs", api);
        });
        context.RegisterImplementationSourceOutput(networks, static (output, network) =>
        {
            if (network.Program is { } program) output.AddSource(network.HintName + ".Program.g.cs", program);
        });
        context.RegisterSourceOutput(diagnostics.Combine(context.CompilationProvider), static (output, pair) =>
        {
            foreach (PlacedFinding finding in pair.Left)
                output.ReportDiagnostic(Diagnostic.Create(DiagnosticDescriptors.Get(finding.Finding.Id), finding.Place?.In(pair.Right),
                    [.. finding.Finding.Arguments]));
        });
    }
}
