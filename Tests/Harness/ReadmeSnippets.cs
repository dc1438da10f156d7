using System.Text.RegularExpressions;

namespace CompiledNets.Harness;

/// <summary>What the README and the pages for users show.</summary>
public static partial class ReadmeSnippets
{
    /// <summary>The README, lines ended by a line feed.</summary>
    public static string Text { get; } = Read("README.md");

    /// <summary>Its C# snippets, each a whole program, in order.</summary>
    public static IReadOnlyList<string> CSharp { get; } = CSharpOf("README.md");

    /// <summary>The C# snippets of a page.</summary>
    /// <param name="page">Its path in the repository.</param>
    public static IReadOnlyList<string> CSharpOf(string page) => [.. Snippet().Matches(Read(page)).Select(match => match.Groups[1].Value)];

    /// <summary>The text of a page, lines ended by a line feed.</summary>
    /// <param name="page">Its path in the repository.</param>
    public static string Read(string page) =>
        File.ReadAllText(Path.Combine(SharedFolder.RepositoryRoot, page)).Replace("\r\n", "\n", StringComparison.Ordinal);

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Snippet();
}
