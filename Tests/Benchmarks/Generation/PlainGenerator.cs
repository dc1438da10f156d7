using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace CompiledNets.Benchmarks.Generation;

/// <summary>
/// A generator that finds classes by an attribute and writes next to nothing. The SDK brings several of its kind, which run in every
/// build: what the compiler itself needs to run a generator is compiled with the first of them.
/// </summary>
internal sealed class PlainGenerator : IIncrementalGenerator
{
    /// <summary>A source that it finds something in.</summary>
    public const string Source = """
        namespace Plain
        {
            internal sealed class MarkAttribute : System.Attribute;

            [Mark] internal static class Marked;
        }
        """;

    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var marked = context.SyntaxProvider.ForAttributeWithMetadataName(
            "Plain.MarkAttribute",
            static (node, _) => node.IsKind(SyntaxKind.ClassDeclaration),
            static (attribute, _) => attribute.TargetSymbol.ToDisplayString());
        context.RegisterSourceOutput(marked, static (output, name) => output.AddSource($"{name}.g.cs", $"// {name}"));
        context.RegisterSourceOutput(marked.Combine(marked.Collect()).Select(static (pair, _) => pair.Left), static (_, _) => { });
    }
}
