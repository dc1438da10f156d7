using System.Text.RegularExpressions;
using CompiledNets.Harness;

namespace CompiledNets.Generator.Tests;

/// <summary>What the pages say of the code holds.</summary>
public sealed partial class DocumentationTests
{
    private static readonly string[] Pages =
    [
        .. Directory.GetFiles(SharedFolder.RepositoryRoot, "*.md"),
            .. Directory.GetFiles(Path.Combine(SharedFolder.RepositoryRoot, "docs"), "*.md"),
    ];

    [Fact]
    public void Every_file_that_a_page_names_is_there()
    {
        string[] files =
        [
            .. new[] { "Generator", "Runtime", "Samples", "Tests" }
                .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(SharedFolder.RepositoryRoot, folder), "*.cs",
                    SearchOption.AllDirectories))
                .Select(file => file.Replace('\\', '/')),
        ];
        List<string> missing = [];
        foreach (string page in Pages)
        {
            string text = File.ReadAllText(page);
            // A file is named by the end of its path; a generated one ends in .g.cs, and app.cs and what is imported as IrisNet are the
            // reader's own.
            missing.AddRange(SourceFile().Matches(text).Select(match => match.Groups[1].Value)
                .Where(name => !name.EndsWith(".g.cs", StringComparison.Ordinal) && name != "app.cs"
                    && !name.StartsWith("IrisNet", StringComparison.Ordinal)
                    && !Array.Exists(files, file => file.EndsWith("/" + name, StringComparison.Ordinal)))
                .Select(name => $"{Path.GetFileName(page)}: {name}"));
            missing.AddRange(Link().Matches(text).Select(match => match.Groups[1].Value)
                .Where(target => !target.Contains("://", StringComparison.Ordinal)
                    && !Path.Exists(Path.Combine(Path.GetDirectoryName(page)!, target)))
                .Select(target => $"{Path.GetFileName(page)}: {target}"));
        }

        Assert.Empty(missing);
    }

    [Fact]
    public void The_generated_code_that_the_architecture_shows_is_what_is_generated()
    {
        string page = File.ReadAllText(Path.Combine(SharedFolder.RepositoryRoot, "docs", "architecture.md"))
            .Replace("\r\n", "\n", StringComparison.Ordinal);
        string network = Regex.Match(page, "```csharp\n(.*?)```", RegexOptions.Singleline).Groups[1].Value;
        string shown = Regex.Match(page, "```text\n(///.*?)```", RegexOptions.Singleline).Groups[1].Value;
        GeneratorFixture fixture = GeneratorFixture.Run("using CompiledNets;\n" + network);
        string program = fixture.Generated.Single(file => file.Key.EndsWith(".Program.g.cs", StringComparison.Ordinal)).Value;
        // Neither depth nor attributes are shown.
        string flat = string.Join('\n', program.Split('\n').Select(line => line.Trim()).Where(line => !line.StartsWith('[')));
        Assert.NotEmpty(shown);
        Assert.Contains(string.Join('\n', shown.Trim().Split('\n').Select(line => line.Trim())), flat, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"`([A-Za-z0-9_./]+\.cs)`")]
    private static partial Regex SourceFile();

    [GeneratedRegex(@"\]\(([^)#\s]+)(?:#[^)]*)?\)")]
    private static partial Regex Link();
}
