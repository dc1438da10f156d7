using System.Collections.Immutable;
using CompiledNets.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace CompiledNets.Generator.Tests;

/// <summary>While the user types, a network is compiled again where it changes, and nowhere else.</summary>
public sealed class EditingTests
{
    private const string Source = """
        using CompiledNets;

        [Network, Input(3), Dense(2)]
        public sealed partial class First;

        [Network, Input(3), Dense(0)]
        public sealed partial class Second;

        public static class Other { public static int Number => 1; }
        """;

    [Theory]
    [InlineData("using CompiledNets;", "using CompiledNets;\n\n// A line that moves the others.")]
    [InlineData("[Network, Input(3), Dense(2)]", "[Network]\n[Input(3)]\n[Dense(units: 2)]")]
    [InlineData("Number => 1", "Number => 12")]
    public void Moving_a_line_compiles_nothing_again(string before, string after)
    {
        (GeneratorRunResult first, GeneratorRunResult second) = Edit(before, after);
        Assert.All(Reasons(second, TrackingNames.Networks), reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
        Assert.Equal(first.GeneratedSources.Select(Text), second.GeneratedSources.Select(Text));

        // The squiggle moves with the line.
        Assert.Equal("0", Underlined(first, Source));
        Assert.Equal("0", Underlined(second, Source.Replace(before, after, StringComparison.Ordinal)));
    }

    [Fact]
    public void Changing_a_network_compiles_that_one_again()
    {
        (_, GeneratorRunResult second) = Edit("Dense(2)", "Dense(4)");
        Assert.Equal([IncrementalStepRunReason.Modified, IncrementalStepRunReason.Cached], Reasons(second, TrackingNames.Networks));
    }

    private static (GeneratorRunResult First, GeneratorRunResult Second) Edit(string before, string after)
    {
        CSharpCompilation compilation = CompiledNetworks.Compilation([Source]);
        GeneratorDriver driver = CompiledNetworks.Driver().RunGenerators(compilation);
        SyntaxTree tree = compilation.SyntaxTrees[0];
        Assert.Contains(before, Source, StringComparison.Ordinal);
        SyntaxTree edited = tree.WithChangedText(SourceText.From(Source.Replace(before, after, StringComparison.Ordinal), tree.Encoding));
        return (driver.GetRunResult().Results[0],
            driver.RunGenerators(compilation.ReplaceSyntaxTree(tree, edited)).GetRunResult().Results[0]);
    }

    private static IEnumerable<IncrementalStepRunReason> Reasons(GeneratorRunResult result, string step)
    {
        ImmutableArray<IncrementalGeneratorRunStep> runs = result.TrackedSteps[step];
        return runs.SelectMany(run => run.Outputs).Select(output => output.Reason);
    }

    private static string Text(GeneratedSourceResult source) => source.SourceText.ToString();

    private static string Underlined(GeneratorRunResult result, string source)
    {
        TextSpan span = Assert.Single(result.Diagnostics).Location.SourceSpan;
        return source.Substring(span.Start, span.Length);
    }
}
