using System.Globalization;
using System.Text.RegularExpressions;
using CompiledNets.Harness;
using Microsoft.CodeAnalysis;

namespace CompiledNets.Generator.Tests;

/// <summary>
/// What the README shows is what happens: each C# snippet is a whole program that compiles without a warning, runs, and says what it
/// should.
/// </summary>
public sealed partial class ReadmeTests
{
    [Fact]
    public void Every_snippet_runs_and_says_what_it_should()
    {
        Assert.NotEmpty(ReadmeSnippets.CSharp);
        Assert.All(ReadmeSnippets.CSharp, snippet =>
        {
            string output = SnippetProgram.Run(snippet);
            foreach (Match accuracy in Regex.Matches(output, @"Test accuracy: (\S+)")) Assert.InRange(Number(accuracy.Groups[1]), 0.85, 1);
            foreach (Match predicted in Regex.Matches(output, @"Predicted: (\S+)")) Assert.InRange(Number(predicted.Groups[1]), 0, 1);
            MatchCollection pairs = Regex.Matches(output, @"(\d) xor (\d): (\S+)");
            Assert.Equal(snippet.Contains(" xor ", StringComparison.Ordinal) ? 4 : 0, pairs.Count);
            foreach (Match pair in pairs)
                Assert.Equal(Number(pair.Groups[1]) == Number(pair.Groups[2]) ? 0 : 1, Number(pair.Groups[3]), tolerance: 0.2);
        });

        static double Number(Group text) => double.Parse(text.Value, CultureInfo.InvariantCulture);
    }

    [Fact]
    public void The_error_that_it_shows_is_the_compilers()
    {
        string error = Error().Match(ReadmeSnippets.Text).Groups[1].Value;
        GeneratorFixture fixture = GeneratorFixture.Run(
            "using CompiledNets;\n[Network, Input(28, 10), Flatten, Reshape(20, 20), Dense(1)] public sealed partial class Net;");
        Diagnostic only = Assert.Single(fixture.Diagnostics);
        Assert.Equal(error, $"error {only.Id}: {only.GetMessage(CultureInfo.InvariantCulture)}");
    }

    [Fact]
    public void The_methods_that_it_names_are_those_of_its_network()
    {
        GeneratorFixture fixture = GeneratorFixture.Run(
            ReadmeSnippets.CSharp[0][ReadmeSnippets.CSharp[0].IndexOf("[Network]", StringComparison.Ordinal)..]
            .Insert(0, "using CompiledNets;\n"));
        Assert.Equal(2, fixture.Generated.Count);
        string program = fixture.Generated.Single(file => file.Key.EndsWith(".Program.g.cs", StringComparison.Ordinal)).Value;
        MatchCollection names = Method().Matches(ReadmeSnippets.Text);
        Assert.NotEmpty(names);
        Assert.All(names, name => Assert.Contains($" {name.Groups[1].Value}(", program, StringComparison.Ordinal));
    }

    [Fact]
    public void It_counts_the_activations_right() =>
        Assert.Contains($"| {typeof(Activation).GetFields().Length} by name", ReadmeSnippets.Text, StringComparison.Ordinal);

    [Theory]
    [InlineData("Layers", typeof(LayerAttribute))]
    [InlineData("Initializers", typeof(Initializer))]
    [InlineData("Regularizers, constraints", typeof(Regularizer), typeof(Constraint))]
    [InlineData("Losses", typeof(Loss))]
    [InlineData("Metrics", typeof(Metric))]
    [InlineData("Optimizers", typeof(Optimizer))]
    [InlineData("Callbacks", typeof(Callback))]
    public void Its_table_names_what_is_there(string kind, params Type[] bases)
    {
        string[] cells = ReadmeSnippets.Text.Split('\n').Single(line => line.StartsWith($"| {kind} |", StringComparison.Ordinal))
            .Split('|');
        string[] there =
        [
            .. typeof(Model).Assembly.GetExportedTypes()
                .Where(type => !type.IsAbstract && Array.Exists(bases, @base => @base.IsAssignableFrom(type)))
                .Select(type => type.Name.EndsWith("Attribute", StringComparison.Ordinal) ? type.Name[..^"Attribute".Length] : type.Name),
        ];
        Assert.Equal(there.Order(StringComparer.Ordinal), Names(cells[2]).Order(StringComparer.Ordinal));
        Assert.Empty(Names(cells[3]).Intersect(there));

        static IEnumerable<string> Names(string cell) =>
            Between().Split(cell).Select(name => name.Trim()).Where(name => Regex.IsMatch(name, "^[A-Z][A-Za-z0-9]+$")).Distinct();
    }

    [GeneratedRegex("[,;:]| and ")]
    private static partial Regex Between();

    [GeneratedRegex("```text\n(error .*)\n```")]
    private static partial Regex Error();

    [GeneratedRegex("`(_[0-9]+_[a-z0-9_]+)`")]
    private static partial Regex Method();
}
