using System.Globalization;
using System.Text.RegularExpressions;
using CompiledNets.Harness;

namespace CompiledNets.Generator.Tests;

/// <summary>
/// Each snippet of docs/own-parts.md is a whole program: it compiles without a warning from public members alone, and does what the page
/// says.
/// </summary>
public sealed partial class OwnPartsTests
{
    [Theory]
    [InlineData("A loss", "^(.*) became (.*)$", 5)]
    [InlineData("An optimizer", "^(.*) became (.*)$", 5)]
    public void What_is_trained_gets_better(string heading, string words, double factor)
    {
        Match match = Regex.Match(Run(heading), words);
        Assert.True(match.Success);
        double before = double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture),
            after = double.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture);
        Assert.True(before > factor * after, match.Value);
    }

    [Fact]
    public void A_metric() => Assert.Matches(@"^-?0\.\d{3} 0\.\d{3}$", Run("A metric"));

    [Fact]
    public void An_initializer()
    {
        Match match = Regex.Match(Run("An initializer"), "^(\\d+) of 2000 weights are not zero$");
        Assert.InRange(int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture), 80, 100);
    }

    [Fact]
    public void A_regularizer_and_a_constraint()
    {
        // The kernel would be 2 and the bias 1.
        Match match = Regex.Match(Run("A regularizer and a constraint"), "^kernel (.*), bias 0.50$");
        Assert.InRange(double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture), 1.5, 1.99);
    }

    [Fact]
    public void A_callback()
    {
        Match match = Regex.Match(Run("A callback"), @"^(\d+) epochs, weights of size 2\.\d\d$");
        Assert.True(match.Success);
        Assert.InRange(int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture), 2, 999);
    }

    private static string Run(string heading)
    {
        string page = File.ReadAllText(Path.Combine(SharedFolder.RepositoryRoot, "docs", "own-parts.md"))
            .Replace("\r\n", "\n", StringComparison.Ordinal);
        string section = page.Split("\n## ").Single(part => part.StartsWith(heading + "\n", StringComparison.Ordinal));
        string program = Snippet().Match(section).Groups[1].Value;
        int types = program.IndexOf("\n/// ", StringComparison.Ordinal), usings = program.LastIndexOf("using ", StringComparison.Ordinal);
        usings = program.IndexOf('\n', usings) + 1;

        // Statements of a program become a method, so that it runs in this process without a console of its own.
        string source = "using System;\nusing System.Collections.Generic;\nusing System.Globalization;\nusing System.Linq;\n"
            + program[..usings]
            + "public static class Snippet { public static string Run() { System.Globalization.CultureInfo.CurrentCulture = " +
                "System.Globalization.CultureInfo.InvariantCulture;\n"
            + program[usings..types].Replace("Console.WriteLine(", "return (", StringComparison.Ordinal) + "}\n}\n" + program[types..];
        using CompiledNetworks compiled = CompiledNetworks.Compile(source);
        return (string)compiled.Assembly.GetType("Snippet")!.GetMethod("Run")!.Invoke(null, null)!;
    }

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Snippet();
}
