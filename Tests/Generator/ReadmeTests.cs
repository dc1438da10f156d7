using System.Text.RegularExpressions;
using CompiledNets.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace CompiledNets.Generator.Tests;

/// <summary>Each C# snippet of the README and of the docs for users is a whole program that compiles without a warning.</summary>
public sealed partial class ReadmeTests
{
    private const string ImplicitUsings = """
        global using global::System;
        global using global::System.Collections.Generic;
        global using global::System.IO;
        global using global::System.Linq;
        global using global::System.Threading;
        global using global::System.Threading.Tasks;
        """;

    [Theory]
    [InlineData("README.md")]
    [InlineData("docs/data.md")]
    public void Every_snippet_compiles(string page)
    {
        string readme = File.ReadAllText(Path.Combine(SharedFolder.RepositoryRoot, page)).Replace("\r\n", "\n", StringComparison.Ordinal);
        MatchCollection snippets = Snippet().Matches(readme);
        Assert.NotEmpty(snippets);
        foreach (Match snippet in snippets)
        {
            CSharpCompilation compilation = CompiledNetworks.Compilation([snippet.Groups[1].Value, ImplicitUsings]);
            compilation = compilation.WithOptions(compilation.Options.WithOutputKind(OutputKind.ConsoleApplication));
            CompiledNetworks.Driver().RunGeneratorsAndUpdateCompilation(compilation, out Compilation output, out _);
            Assert.Empty(output.GetDiagnostics().Where(diagnostic => diagnostic.Severity > DiagnosticSeverity.Hidden));
        }
    }

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Snippet();
}
