using System.Collections.Immutable;
using CompiledNets.Generator.Declaration;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace CompiledNets.Generator.Diagnostics;

/// <summary>
/// Takes back CS3016 ("arrays as attribute arguments is not CLS-compliant") on the parts of a network. Networks that others see are marked
/// as not compliant, which silences it; on a class that nobody else sees that mark is a warning itself (CS3019), and the array is nobody's
/// concern.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ClsArraySuppressor : DiagnosticSuppressor
{
    private static readonly SuppressionDescriptor Array = new(
        "CNS0001", "CS3016", "Sizes, axes and names of nodes are arrays, and languages that cannot read them do not read networks either.");

    /// <inheritdoc/>
    public override ImmutableArray<SuppressionDescriptor> SupportedSuppressions { get; } = [Array];

    /// <inheritdoc/>
    public override void ReportSuppressions(SuppressionAnalysisContext context)
    {
        foreach (Diagnostic diagnostic in context.ReportedDiagnostics)
        {
            if (diagnostic.Location.SourceTree is not { } tree) continue;
            SyntaxNode node = tree.GetRoot(context.CancellationToken).FindNode(diagnostic.Location.SourceSpan);
            if (node.FirstAncestorOrSelf<AttributeSyntax>() is not { } attribute) continue;
            ITypeSymbol? type = context.GetSemanticModel(tree).GetTypeInfo(attribute, context.CancellationToken).Type;
            if (DeclarationReader.IsPart(type)) context.ReportSuppression(Suppression.Create(Array, diagnostic));
        }
    }
}
