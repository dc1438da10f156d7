using System.Collections;
using System.Collections.Immutable;
using System.Reflection;
using CompiledNets.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace CompiledNets.Generator.Tests;

/// <summary>
/// Runs the generator on sources, twice: the second run, behind an unrelated edit, must do nothing, and nothing of Roslyn may have survived
/// the first in what is kept between runs.
/// </summary>
internal sealed class GeneratorFixture
{
    private GeneratorFixture(Compilation output, IReadOnlyDictionary<string, string> generated, Diagnostic[] diagnostics)
    {
        Output = output;
        Generated = generated;
        Diagnostics = diagnostics;
    }

    /// <summary>The compilation with the generated files.</summary>
    public Compilation Output { get; }

    /// <summary>The generated files, by hint name.</summary>
    public IReadOnlyDictionary<string, string> Generated { get; }

    /// <summary>What the generator and the compiler say, hidden remarks aside.</summary>
    public Diagnostic[] Diagnostics { get; }

    /// <summary>Runs the generator.</summary>
    public static GeneratorFixture Run(params string[] sources)
    {
        CSharpCompilation compilation = CompiledNetworks.Compilation(sources);
        GeneratorDriver driver = CompiledNetworks.Driver()
            .RunGeneratorsAndUpdateCompilation(compilation, out Compilation output, out ImmutableArray<Diagnostic> diagnostics);
        GeneratorRunResult first = driver.GetRunResult().Results[0];
        Assert.Null(first.Exception);
        foreach (string step in Steps) AssertKeepsNothingOfRoslyn(first, step);

        SyntaxTree unrelated = CSharpSyntaxTree.ParseText("namespace Elsewhere { internal static class Unrelated { } }",
            (CSharpParseOptions)compilation.SyntaxTrees[0].Options);
        GeneratorRunResult second = driver.RunGenerators(compilation.AddSyntaxTrees(unrelated)).GetRunResult().Results[0];
        foreach (string step in Steps) AssertIsCached(second, step);
        Dictionary<string, string> files = Files(first);
        Assert.Equal(files, Files(second));
        Assert.Equal(files, Files(CompiledNetworks.Driver().RunGenerators(compilation).GetRunResult().Results[0]));
        return new(output, files, [.. diagnostics.Concat(output.GetDiagnostics())
            .Where(diagnostic => diagnostic.Severity > DiagnosticSeverity.Hidden && !CompiledNetworks.IsUndocumentedSource(diagnostic))
            .Distinct()]);
    }

    private static IEnumerable<string> Steps =>
        typeof(TrackingNames).GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic).Where(name => name.IsLiteral)
            .Select(name => (string)name.GetRawConstantValue()!);

    private static Dictionary<string, string> Files(GeneratorRunResult result) =>
        result.GeneratedSources.ToDictionary(source => source.HintName, source => source.SourceText.ToString());

    private static void AssertIsCached(GeneratorRunResult result, string step)
    {
        if (!result.TrackedSteps.TryGetValue(step, out ImmutableArray<IncrementalGeneratorRunStep> runs)) return;
        foreach ((object _, IncrementalStepRunReason reason) in runs.SelectMany(run => run.Outputs))
            Assert.True(reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged, $"step {step} was {reason}");
    }

    private static void AssertKeepsNothingOfRoslyn(GeneratorRunResult result, string step)
    {
        if (!result.TrackedSteps.TryGetValue(step, out ImmutableArray<IncrementalGeneratorRunStep> runs)) return;
        HashSet<object> seen = new(ReferenceEqualityComparer.Instance);
        foreach ((object value, _) in runs.SelectMany(run => run.Outputs)) Visit(value, step, seen);
    }

    private static void Visit(object? value, string path, HashSet<object> seen)
    {
        if (value is null || value is string || value.GetType().IsPrimitive || value.GetType().IsEnum || !seen.Add(value)) return;
        // A span of text is two numbers; anything else of Roslyn may hold on to a compilation.
        bool isRoslyn = value.GetType().Namespace is string space && space.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal)
            && !space.StartsWith("Microsoft.CodeAnalysis.Text", StringComparison.Ordinal);
        Assert.False(isRoslyn && !value.GetType().IsGenericType, $"{path} keeps a {value.GetType()}");
        if (value is IEnumerable items)
        {
            foreach (object? item in items) Visit(item, path + "[]", seen);
        }

        for (Type? type = value.GetType(); type is not null && type != typeof(object); type = type.BaseType)
        {
            foreach (FieldInfo field in type.GetFields(
                BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            {
                if (!field.FieldType.IsPointer) Visit(field.GetValue(value), $"{path}.{field.Name}", seen);
            }
        }
    }
}
