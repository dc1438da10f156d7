using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using CompiledNets.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace CompiledNets.Generator.Tests;

/// <summary>What the README shows is what happens: each C# snippet is a whole program that compiles without a warning, runs, and says what it should.</summary>
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

    private const string RuntimeConfig = """
        { "runtimeOptions": { "tfm": "net10.0", "framework": { "name": "Microsoft.NETCore.App", "version": "10.0.0" }, "configProperties": { "System.Globalization.Invariant": true } } }
        """;

    [Fact]
    public void Every_snippet_runs_and_says_what_it_should()
    {
        Assert.NotEmpty(ReadmeSnippets.CSharp);
        Assert.All(ReadmeSnippets.CSharp, snippet =>
        {
            string output = Run(snippet);
            foreach (Match accuracy in Regex.Matches(output, @"Test accuracy: (\S+)")) Assert.InRange(Number(accuracy.Groups[1]), 0.85, 1);
            foreach (Match predicted in Regex.Matches(output, @"Predicted: (\S+)")) Assert.InRange(Number(predicted.Groups[1]), 0, 1);
            MatchCollection pairs = Regex.Matches(output, @"(\d) xor (\d): (\S+)");
            Assert.Equal(snippet.Contains(" xor ", StringComparison.Ordinal) ? 4 : 0, pairs.Count);
            foreach (Match pair in pairs) Assert.Equal(Number(pair.Groups[1]) == Number(pair.Groups[2]) ? 0 : 1, Number(pair.Groups[3]), tolerance: 0.2);
        });

        static double Number(Group text) => double.Parse(text.Value, CultureInfo.InvariantCulture);
    }

    [Theory]
    [InlineData("docs/data.md")]
    public void Every_snippet_of_a_page_for_users_compiles(string page)
    {
        IReadOnlyList<string> snippets = ReadmeSnippets.CSharpOf(page);
        Assert.NotEmpty(snippets);
        Assert.All(snippets, snippet => Compile(snippet));
    }

    [Fact]
    public void The_error_that_it_shows_is_the_compilers()
    {
        string error = Error().Match(ReadmeSnippets.Text).Groups[1].Value;
        GeneratorFixture fixture = GeneratorFixture.Run("using CompiledNets;\n[Network, Input(28, 10), Flatten, Reshape(20, 20), Dense(1)] public sealed partial class Net;");
        Diagnostic only = Assert.Single(fixture.Diagnostics);
        Assert.Equal(error, $"error {only.Id}: {only.GetMessage(CultureInfo.InvariantCulture)}");
    }

    [Fact]
    public void The_methods_that_it_names_are_those_of_its_network()
    {
        GeneratorFixture fixture = GeneratorFixture.Run(ReadmeSnippets.CSharp[0][ReadmeSnippets.CSharp[0].IndexOf("[Network]", StringComparison.Ordinal)..].Insert(0, "using CompiledNets;\n"));
        Assert.Equal(2, fixture.Generated.Count);
        string program = fixture.Generated.Single(file => file.Key.EndsWith(".Program.g.cs", StringComparison.Ordinal)).Value;
        MatchCollection names = Method().Matches(ReadmeSnippets.Text);
        Assert.NotEmpty(names);
        Assert.All(names, name => Assert.Contains($" {name.Groups[1].Value}(", program, StringComparison.Ordinal));
    }

    [Fact]
    public void It_counts_the_activations_right() =>
        Assert.Contains($"| {typeof(Activation).GetFields().Length} by name", ReadmeSnippets.Text, StringComparison.Ordinal);

    private static Compilation Compile(string snippet)
    {
        CSharpCompilation compilation = CompiledNetworks.Compilation([snippet, ImplicitUsings]);
        compilation = compilation.WithAssemblyName("Snippet").WithOptions(compilation.Options.WithOutputKind(OutputKind.ConsoleApplication));
        CompiledNetworks.Driver().RunGeneratorsAndUpdateCompilation(compilation, out Compilation output, out _);
        Assert.Empty(output.GetDiagnostics().Where(diagnostic => diagnostic.Severity > DiagnosticSeverity.Hidden));
        return output;
    }

    private static string Run(string snippet)
    {
        string folder = Directory.CreateTempSubdirectory("CompiledNets.Readme.").FullName;
        try
        {
            Assert.True(Compile(snippet).Emit(Path.Combine(folder, "Snippet.dll")).Success);
            File.WriteAllText(Path.Combine(folder, "Snippet.runtimeconfig.json"), RuntimeConfig);
            foreach (string file in Directory.GetFiles(AppContext.BaseDirectory, "*.dll").Where(IsOfTheRuntime)) File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
            foreach (string file in Directory.GetDirectories(Path.Combine(SharedFolder.RepositoryRoot, "Samples")).SelectMany(sample => Directory.GetFiles(sample, "*.csv")))
                File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));

            ProcessStartInfo start = new(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", ["Snippet.dll"])
            {
                WorkingDirectory = folder,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            using Process process = Process.Start(start)!;
            Task<string> errors = process.StandardError.ReadToEndAsync();
            string said = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            Assert.Equal("", errors.Result);
            Assert.Equal(0, process.ExitCode);
            return said;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // The runtime and what it brings; the rest is the tests'.
    private static bool IsOfTheRuntime(string file) =>
        Path.GetFileName(file) is "CompiledNets.dll" or "Sep.dll" or "csFastFloat.dll" || Path.GetFileName(file).StartsWith("System.Numerics.", StringComparison.Ordinal);

    [GeneratedRegex("```text\n(error .*)\n```")]
    private static partial Regex Error();

    [GeneratedRegex("`(_[0-9]+_[a-z0-9_]+)`")]
    private static partial Regex Method();
}
